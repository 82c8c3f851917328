namespace Janus.Contracts;

/// <summary>GET /api/status : what is in use, and how busy it is.</summary>
/// <param name="Generator"><c>sample</c> or <c>gemini</c>.</param>
/// <param name="TextModel">The model that plans and writes.</param>
/// <param name="ImageModel">The model that makes pictures.</param>
/// <param name="Database">The database in use: <c>sqlite</c> or <c>postgres</c>.</param>
/// <param name="QueueDepth">Steps that are ready to be claimed.</param>
/// <param name="ContentCapture">Whether prompts and answers go into traces.</param>
/// <param name="Running">Steps that workers hold now.</param>
/// <param name="OldestReadySeconds">How long the oldest claimable step has been ready, in seconds; null when none is.</param>
/// <param name="DatabaseBytes">The size of the database and its log on disk, or null when it cannot be told.</param>
/// <param name="OpenEventStreams">Event streams that are open in this process.</param>
/// <param name="MaxEventStreams">How many may be.</param>
/// <param name="Limits">What the API takes.</param>
/// <param name="TracesUrl">Where traces can be looked at, from <c>Janus:TracesUrl</c>, or null.</param>
/// <param name="Version">The program's version.</param>
/// <param name="StartedAt">When this process started, UTC.</param>
/// <param name="PricesKnown">Whether every model in use has a price; where one has none, what it makes counts as nothing and no limit stops it.</param>
/// <param name="SpentTodayMicroUsd">What today cost so far, over all campaigns, in millionths of a US dollar.</param>
/// <param name="DayCapMicroUsd">What today may cost before generation is paused.</param>
public sealed record StatusResponse(
    string Generator, string TextModel, string ImageModel, string Database, int QueueDepth, bool ContentCapture, int Running, double? OldestReadySeconds,
    long? DatabaseBytes, int OpenEventStreams, int MaxEventStreams, LimitsDto Limits, string? TracesUrl, string Version, DateTimeOffset StartedAt,
    bool PricesKnown, long SpentTodayMicroUsd, long DayCapMicroUsd);

/// <summary>What the API takes.</summary>
/// <param name="PlanSeconds">The longest that planning may take, in seconds.</param>
/// <param name="PostsPerCampaign">The most posts of a plan.</param>
/// <param name="BriefCharacters">The longest product description and the longest goals, in characters, each.</param>
/// <param name="AttemptsPerPart">How often a part is tried before it is given up.</param>
/// <param name="Platforms">The longest text by platform, as the platform counts.</param>
public sealed record LimitsDto(
    int PlanSeconds, int PostsPerCampaign, int BriefCharacters, int AttemptsPerPart, IReadOnlyDictionary<string, int> Platforms);
