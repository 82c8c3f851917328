using System.Text;
using Janus.Contracts;

namespace Janus.Web.Api;

/// <summary>When posts go out, and what was counted of them.</summary>
internal sealed partial class JanusApi
{
    /// <summary>When the posts of a campaign go out.</summary>
    public Task<Reply<ScheduleResponse>> ScheduleAsync(string campaignId, CancellationToken cancellationToken) =>
        GetAsync<ScheduleResponse>(SchedulePath(campaignId), cancellationToken);

    /// <summary>Sets the rules of a campaign's schedule.</summary>
    public Task<Reply<ScheduleResponse>> SetScheduleRulesAsync(string campaignId, ScheduleRulesRequest rules, CancellationToken cancellationToken) =>
        SendAsync<ScheduleResponse>("set_schedule_rules", HttpMethod.Put, SchedulePath(campaignId), rules, null, cancellationToken);

    /// <summary>Dates for the approved posts that have none; nothing is stored.</summary>
    public Task<Reply<ProposedDatesResponse>> ProposeDatesAsync(string campaignId, CancellationToken cancellationToken) =>
        SendAsync<ProposedDatesResponse>(null, HttpMethod.Post, $"{SchedulePath(campaignId)}/propose", null, null, cancellationToken);

    /// <summary>Gives the approved posts without a date the proposed ones.</summary>
    public Task<Reply<ProposedDatesResponse>> ApplyDatesAsync(string campaignId, CancellationToken cancellationToken) =>
        SendAsync<ProposedDatesResponse>("apply_schedule", HttpMethod.Post, $"{SchedulePath(campaignId)}/apply", null, null, cancellationToken);

    /// <summary>When a post goes out.</summary>
    public Task<Reply<PostScheduleDto>> PostScheduleAsync(int pk, CancellationToken cancellationToken) =>
        GetAsync<PostScheduleDto>($"api/posts/{pk}/schedule", cancellationToken);

    /// <summary>Gives a post a date.</summary>
    public Task<Reply<PostScheduleDto>> SetDateAsync(int pk, PostDateRequest date, CancellationToken cancellationToken) =>
        SendAsync<PostScheduleDto>("schedule_post", HttpMethod.Put, $"api/posts/{pk}/schedule", date, null, cancellationToken);

    /// <summary>Takes a post's date away.</summary>
    public Task<Reply<PostScheduleDto>> UnscheduleAsync(int pk, CancellationToken cancellationToken) =>
        SendAsync<PostScheduleDto>("unschedule_post", HttpMethod.Delete, $"api/posts/{pk}/schedule", null, null, cancellationToken);

    /// <summary>Says that a post is out.</summary>
    public Task<Reply<PostScheduleDto>> PublishAsync(int pk, PublishRequest said, CancellationToken cancellationToken) =>
        SendAsync<PostScheduleDto>("publish_post", HttpMethod.Post, $"api/posts/{pk}/publish", said, null, cancellationToken);

    /// <summary>Reports numbers of a post that is out.</summary>
    public Task<Reply<PostScheduleDto>> ReportMetricsAsync(int pk, MetricsRequest numbers, CancellationToken cancellationToken) =>
        SendAsync<PostScheduleDto>("report_metrics", HttpMethod.Put, $"api/posts/{pk}/metrics", numbers, null, cancellationToken);

    /// <summary>Reports numbers of many posts as a table.</summary>
    public async Task<Reply<MetricsImportResponse>> ImportMetricsAsync(string campaignId, string table, CancellationToken cancellationToken)
    {
        using var content = new StringContent(table, Encoding.UTF8, "text/csv");
        return await SendContentAsync<MetricsImportResponse>(
            "import_metrics", HttpMethod.Post, $"api/campaigns/{Uri.EscapeDataString(campaignId)}/metrics", content, null, cancellationToken);
    }

    private static string SchedulePath(string campaignId) => $"api/campaigns/{Uri.EscapeDataString(campaignId)}/schedule";
}
