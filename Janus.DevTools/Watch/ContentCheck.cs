namespace Janus.DevTools.Watch;

/// <summary>Looks at what a scheduled campaign holds: every post ready, A and B each with a text and a picture.</summary>
internal static class ContentCheck
{
    /// <summary>Checks one campaign.</summary>
    /// <exception cref="CampaignFailedException">Something is missing.</exception>
    public static async Task EnsureAsync(JanusApi api, string campaign, int posts, CancellationToken cancellationToken)
    {
        var graph = await api.ReadGraphAsync(campaign, cancellationToken);
        var nodes = graph.Diagram ?? [];
        if (nodes.Count != posts)
            throw new CampaignFailedException($"{posts} posts were planned, and the graph shows {nodes.Count}.");
        if (graph.Campaign?.Phase != "scheduled")
            throw new CampaignFailedException($"The events say scheduled, and the graph says {graph.Campaign?.Phase ?? "nothing"}.");

        foreach (var node in nodes)
        {
            if (!node.AssetsReady)
                throw new CampaignFailedException($"Post {node.Pk} ({node.Title}) is not ready.");
            var variants = (await api.ReadVariantsAsync(node.Pk, cancellationToken)).Variants ?? [];
            foreach (var letter in (string[])["A", "B"])
            {
                // The newest generation of a letter comes first.
                var variant = variants.FirstOrDefault(variant => variant.VariantId == letter)
                    ?? throw new CampaignFailedException($"Post {node.Pk} ({node.Title}) has no variant {letter}.");
                if (string.IsNullOrWhiteSpace(variant.Content))
                    throw new CampaignFailedException($"Variant {letter} of post {node.Pk} ({node.Title}) has no text.");
                if (string.IsNullOrWhiteSpace(variant.Asset))
                    throw new CampaignFailedException($"Variant {letter} of post {node.Pk} ({node.Title}) has no picture.");
            }
        }
    }
}
