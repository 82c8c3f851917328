namespace Janus;

/// <summary>The operator's buttons on the API's row of the dashboard. Each is one HTTP request to the API, with the key of this start.</summary>
internal static class OperatorCommands
{
    /// <summary>Adds the buttons. Nothing of them is published: whoever runs what was published chooses whether there is a key.</summary>
    public static IResourceBuilder<ProjectResource> WithOperatorCommands(this IResourceBuilder<ProjectResource> api, HostStart start)
    {
        if (start.Data is not { OperatorKey: var key })
            return api;

        return api
            .WithEnvironment(Topology.Variables.OperatorKey, key)
            .WithHttpCommand(Topology.Operator.SampleCampaignPath, "Plan a sample campaign", commandOptions: Post(
                key, "Rocket", "Plan a sample campaign? With a Gemini key its texts and pictures cost money."))
            .WithHttpCommand(Topology.Operator.HoldLockPath, "Hold the database lock for 10 s", commandOptions: Post(
                key, "LockClosed", "Hold the database's write lock for 10 seconds? Everybody who writes waits, and their traces show it."))
            .WithHttpCommand(Topology.Operator.PausePath, "Pause generation", commandOptions: Post(
                key, "Pause", "Pause every campaign? What is being made now is still finished."))
            .WithHttpCommand(Topology.Operator.ResumePath, "Resume generation", commandOptions: Post(
                key, "Play", "Let every campaign go on that was paused here?"))
            .WithHttpCommand(Topology.Operator.RetryPath, "Retry failed steps", commandOptions: Post(
                key, "ArrowClockwise", "Make what is missing in every campaign that failed? With a Gemini key this costs money."))
            .WithHttpCommand(Topology.Operator.BackupPath, "Back up the database", commandOptions: Post(
                key, "Save", "Back up the database and its pictures into the data directory?"));
    }

    private static HttpCommandOptions Post(string key, string icon, string question) => new()
    {
        Method = HttpMethod.Post,
        IconName = icon,
        ConfirmationMessage = question,
        PrepareRequest = context =>
        {
            context.Request.Headers.Add(Topology.Operator.KeyHeader, key);
            return Task.CompletedTask;
        },
    };
}
