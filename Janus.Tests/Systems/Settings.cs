namespace Janus.Tests.Systems;

/// <summary>The environment of a system under test: quick enough to wait for, slow enough to be killed in the middle.</summary>
internal static class Settings
{
    public static Dictionary<string, string?> With(params (string Name, string Value)[] more)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Sample__PlanLatency"] = "00:00:00.020",
            ["Sample__TextLatency"] = "00:00:00.050",
            ["Sample__PictureLatency"] = "00:00:00.200",
            ["Janus__Steps__Lease"] = "00:00:02",
        };
        foreach (var (name, value) in more)
            settings[name] = value;
        return settings;
    }
}
