using System.Diagnostics;
using Microsoft.Extensions.AI;

namespace Janus.Generation.Telemetry;

/// <summary>The span around all the calls that one plan takes.</summary>
internal static class PlanSpan
{
    private const string Operation = "plan";

    /// <summary>Begins it.</summary>
    /// <param name="chat">Who is asked.</param>
    /// <param name="campaignId">The campaign of which a part is planned, or null when it is the campaign itself.</param>
    public static Activity? Start(IChatClient chat, string? campaignId)
    {
        if (!ModelTelemetry.Source.HasListeners())
            return null;
        var tags = new TagList { { "gen_ai.operation.name", Operation }, { "gen_ai.agent.name", "strategy_planner" } };
        if (campaignId is not null)
            tags.Add("janus.campaign.id", campaignId);
        var metadata = chat.GetService<ChatClientMetadata>();
        if (metadata?.ProviderName is { } provider)
            tags.Add("gen_ai.provider.name", provider);
        if (metadata?.DefaultModelId is not { } model)
            return ModelTelemetry.Source.StartActivity(ActivityKind.Internal, parentContext: default, tags, name: Operation);
        tags.Add("gen_ai.request.model", model);
        return ModelTelemetry.Source.StartActivity(ActivityKind.Internal, parentContext: default, tags, name: $"{Operation} {model}");
    }
}
