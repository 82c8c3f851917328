using System.Diagnostics;
using System.Globalization;
using Janus.DevTools.Traces.Receiving;
using Janus.DevTools.Traces.Trees;

namespace Janus.DevTools.Traces.Report;

/// <summary>Prints the traces of a campaign as trees: where a line begins, its time and service, and below a span what happened to it.</summary>
/// <param name="received">The spans to which links lead, the log lines, and how much was dropped.</param>
/// <param name="width">Characters in a line.</param>
/// <param name="isColoured">Whether failures, retries and links stand out by colour.</param>
internal sealed class CampaignText(ReceivedTelemetry received, int width, bool isColoured)
{
    private const int OffsetWidth = 9;
    private const int DurationWidth = 10;
    private const int ServiceWidth = 13;

    /// <summary>Where the tree begins.</summary>
    private const int Margin = OffsetWidth + DurationWidth + 2 + ServiceWidth + 1;

    // Deeper than this only the place is lost, not the span.
    private const int DeepestIndent = 16;
    private const int ShortId = 8;
    private const int Information = 9;
    private const int Warning = 13;
    private const int Error = 17;

    /// <summary>The lines of one campaign, or of one trace that belongs to none.</summary>
    public IEnumerable<string> Lines(CampaignTraces campaign)
    {
        yield return Heading(campaign);
        yield return Summary(campaign);
        var all = campaign.Trees.SelectMany(tree => tree.Nodes).ToDictionary(node => (node.Span.TraceId, node.Span.SpanId));
        for (var index = 0; index < campaign.Trees.Count; index++)
        {
            var tree = campaign.Trees[index];
            yield return TraceHeading(campaign, index);
            var logs = received.Logs.Where(line => line.TraceId == campaign.TraceIds[index] && line.SeverityNumber is 0 or >= Information)
                .ToLookup(line => line.SpanId ?? "");
            foreach (var line in tree.Nodes.SelectMany(node => NodeLines(node, tree, all, logs[node.Span.SpanId], campaign.CampaignId)))
                yield return line;
            foreach (var line in logs.Where(of => !all.ContainsKey((campaign.TraceIds[index], of.Key))).SelectMany(of => of))
                yield return Detail(new InkedLine().Add($"{LogText(line)}  (span missing)", LogInk(line)), Nanoseconds.Between(tree.StartNanoseconds, line.TimeNanoseconds), line.Service, depth: 0);
            if (received.DroppedOf(campaign.TraceIds[index]) is > 0 and var dropped)
                yield return Cut(new InkedLine().Add($"  {dropped} more spans came than are kept of one trace", Ink.Yellow));
        }

        yield return "";
    }

    private string Heading(CampaignTraces campaign)
    {
        var line = new InkedLine().Add(campaign.CampaignId is { } id ? $"campaign {id}" : "no campaign", Ink.Bold);
        if (campaign.Moves is [var first, ..] moves)
            line.Add($"  {first.Text(TraceAttributes.PhaseFrom)}{string.Concat(moves.Select(span => $" -> {span.Text(TraceAttributes.PhaseTo)}"))}");
        return Cut(line);
    }

    private string Summary(CampaignTraces campaign)
    {
        var nodes = campaign.Trees.SelectMany(tree => tree.Nodes).ToList();
        var line = new InkedLine().Add(Count(nodes.Count, "span"), Ink.Dim);
        Add(nodes.Count(node => node.Span.Status == ActivityStatusCode.Error), "error", Ink.Red);
        Add(nodes.Count(node => node.Span.Name == TraceAttributes.LockRetrySpan), "lock retry", Ink.Yellow);
        Add(nodes.Count(node => node.IsParentMissing), "missing parent", Ink.Yellow);
        return Cut(line);

        void Add(int count, string what, Ink ink)
        {
            if (count > 0)
                line.Add($", {Count(count, what)}", ink);
        }
    }

    private string TraceHeading(CampaignTraces campaign, int index)
    {
        var tree = campaign.Trees[index];
        var start = DateTimeOffset.UnixEpoch.AddTicks(tree.StartNanoseconds / TimeSpan.NanosecondsPerTick);
        var took = TimeText.Of(Nanoseconds.Between(tree.StartNanoseconds, tree.EndNanoseconds));
        var line = new InkedLine().Add(string.Create(
            CultureInfo.InvariantCulture, $"trace {campaign.TraceIds[index]}  {start:yyyy-MM-dd HH:mm:ss.fff}Z  {took}"), Ink.Dim);
        if (index > 0)
            line.Add($"  {TimeText.Offset(Nanoseconds.Between(campaign.Trees[0].StartNanoseconds, tree.StartNanoseconds))} after the first", Ink.Dim);
        return Cut(line);
    }

    private IEnumerable<string> NodeLines(
        TraceNode node,
        TraceTree tree,
        Dictionary<(string, string), TraceNode> all,
        IEnumerable<ReceivedLog> logs,
        string? campaignId)
    {
        var span = node.Span;
        var isFailed = span.Status == ActivityStatusCode.Error;
        var line = new InkedLine()
            .Add(span.Name, isFailed ? Ink.Red : node.Depth == 0 ? Ink.Bold : span.Name == TraceAttributes.LockRetrySpan ? Ink.Yellow : Ink.Plain);
        var words = string.Join(", ", KeyAttributes.Of(span, campaignId));
        // Before the words, which may be cut.
        if (node.IsParentMissing)
            line.Add("  (parent missing)", Ink.Yellow);
        if (words.Length > 0)
            line.Add($"  {words}", Ink.Dim);
        yield return Whole(line, Offset(span.StartNanoseconds), TimeText.Of(span.Duration), span.Service, node.Depth);

        if (isFailed)
        {
            string?[] why = [span.Text(TraceAttributes.ErrorType), span.StatusDescription];
            var text = string.Join(": ", why.Where(part => !string.IsNullOrEmpty(part)));
            foreach (var wrapped in Wrapped($"! {(text.Length > 0 ? text : "failed")}", Ink.Red, node.Depth))
                yield return wrapped;
        }

        foreach (var wrapped in span.Links.SelectMany(link => Wrapped($"<- links to {Target(link)}", Ink.Cyan, node.Depth)))
            yield return wrapped;

        var happened = span.Events.Select(happening => (Time: happening.TimeNanoseconds, Text: EventText(happening), Ink: Ink.Dim))
            .Concat(logs.Select(log => (Time: log.TimeNanoseconds, Text: LogText(log), Ink: LogInk(log))));
        foreach (var (time, text, ink) in happened.OrderBy(one => one.Time))
            yield return Detail(new InkedLine().Add(text, ink), Offset(time), "", node.Depth);

        TimeSpan Offset(long at) => Nanoseconds.Between(tree.StartNanoseconds, at);

        string Target(ReceivedLink link)
        {
            if (!all.TryGetValue((link.TraceId, link.SpanId), out var target))
                return link.TraceId == span.TraceId ? $"{Short(link.SpanId)}, which never came" : $"{Short(link.SpanId)} of trace {link.TraceId}";
            var which = string.Join(", ", KeyAttributes.Of(target.Span, campaignId));
            var place = link.TraceId == span.TraceId ? $"at {TimeText.Offset(Offset(target.Span.StartNanoseconds))}" : $"of trace {Short(link.TraceId)}";
            // Where it stands in the report and what tells it apart find it; the report shows no ids of spans.
            return $"{target.Span.Name} {place}{(which.Length > 0 ? $"  {which}" : "")}";
        }
    }

    private string Whole(InkedLine content, TimeSpan? offset, string duration, string service, int depth)
    {
        var line = new InkedLine()
            .Add((offset is { } time ? TimeText.Offset(time) : "").PadLeft(OffsetWidth), Ink.Dim)
            .Add(duration.PadLeft(DurationWidth))
            .Add($"  {(service.Length > ServiceWidth ? $"{service[..(ServiceWidth - 1)]}…" : service).PadRight(ServiceWidth)} ", Ink.Dim)
            .Add(Indent(depth));
        return Cut(line.Add(content));
    }

    private string Detail(InkedLine content, TimeSpan? offset, string service, int depth) => Whole(content, offset, "", service, depth + 1);

    // What must not be cut: an error, and what a link leads to.
    private IEnumerable<string> Wrapped(string text, Ink ink, int depth) =>
        Parts(text, depth).Select(part => Detail(new InkedLine().Add(part, ink), null, "", depth));

    private IEnumerable<string> Parts(string text, int depth)
    {
        var room = Math.Max(20, width - Margin - Indent(depth + 1).Length);
        var left = text.ReplaceLineEndings(" ");
        while (left.Length > room)
        {
            var end = left.LastIndexOf(' ', room) is > 2 and var space ? space : room;
            yield return left[..end];
            left = $"  {left[end..].TrimStart()}";
        }

        yield return left;
    }

    private string Cut(InkedLine line) => line.Cut(width, isColoured);

    private static string Indent(int depth) => new(' ', 2 * Math.Min(depth, DeepestIndent));

    private static string Short(string id) => id.Length > ShortId ? id[..ShortId] : id;

    private static string Count(int count, string what) => (count, what) switch
    {
        (1, _) => $"1 {what}",
        (_, "lock retry") => $"{count} lock retries",
        _ => $"{count} {what}s",
    };

    private static string EventText(ReceivedEvent happened) =>
        $"* {happened.Name}{string.Concat(happened.Attributes.Select(pair => $"  {pair.Key.Split('.')[^1]}={AttributeText.Of(pair.Value)}"))}";

    private static string LogText(ReceivedLog log) => $"| {log.Severity}: {log.Body}";

    private static Ink LogInk(ReceivedLog log) => log.SeverityNumber switch { >= Error => Ink.Red, >= Warning => Ink.Yellow, _ => Ink.Dim };
}
