using System.Diagnostics;
using Microsoft.Extensions.AI;

namespace Janus.Generation.Telemetry;

/// <summary>The span around all the calls that one plan takes.</summary>
internal static class PlanSpan
{
    private const string Operation = "plan";

    public static Activity? Start(IChatClient chat)
    {
        if (!ModelTelemetry.Source.HasListeners())
            return null;
        var tags = new TagList { { "gen_ai.operation.name", Operation }, { "gen_ai.agent.name", "strategy_planner" } };
        var metadata = chat.GetService<ChatClientMetadata>();
        if (metadata?.ProviderName is { } provider)
            tags.Add("gen_ai.provider.name", provider);
        if (metadata?.DefaultModelId is not { } model)
            return ModelTelemetry.Source.StartActivity(ActivityKind.Internal, parentContext: default, tags, name: Operation);
        tags.Add("gen_ai.request.model", model);
        return ModelTelemetry.Source.StartActivity(ActivityKind.Internal, parentContext: default, tags, name: $"{Operation} {model}");
    }
}
