namespace Janus.Web.Components.Brief;

/// <summary>A brief to start from.</summary>
internal sealed record BriefExample(string Title, string About, BriefForm Form)
{
    /// <summary>Three briefs that differ in product, platform and tone.</summary>
    public static IReadOnlyList<BriefExample> All { get; } =
    [
        new("A tide app for kayakers", "X, calm and exact", new BriefForm
        {
            Name = "Tidewater spring launch",
            Product = "Tidewater is a phone app for sea kayakers and shore anglers. It reads tide, swell and wind for the beach you stand on and says plainly: go, wait, or stay home. It works without a signal once the day's forecast is loaded, and it explains every warning in one sentence.",
            Goals = "Win 2,000 trial downloads in the six weeks before the season opens, and make paddling clubs recommend it to their members.",
            Audience = "Weekend paddlers and anglers who have been surprised by the sea once",
            Tone = "Calm, exact, friendly",
            UseWords = "plainly, before you launch",
            AvoidWords = "revolutionary, game-changer",
        }),
        new("A quiet espresso machine", "Instagram, warm", new BriefForm
        {
            Name = "Morning, quietly",
            Platform = "Instagram",
            Product = "Piano is a small espresso machine for rented kitchens. It is no wider than a cereal box, heats in 40 seconds, and is so quiet that it does not wake anybody in the next room. The water tank comes off with one hand and every part can be repaired with a screwdriver.",
            Goals = "Take 500 preorders before March and be known as the machine that does not wake the house.",
            Audience = "People who share a flat or have a sleeping child",
            Tone = "Warm, a little playful",
        }),
        new("Payroll for small theatres", "LinkedIn, confident", new BriefForm
        {
            Name = "Curtain and payroll",
            Platform = "LinkedIn",
            Product = "Greenroom pays actors, technicians and front-of-house staff of small theatres: short contracts, rehearsal hours, weekend rates and royalties in one run. It knows the collective agreements and shows every employee how their pay came about.",
            Goals = "Book 60 demonstrations with theatre managers in the autumn season and convince their accountants.",
            Audience = "Managing directors and accountants of theatres with 10 to 80 employees",
            Tone = "Confident and plain",
            UseWords = "opening night",
        }),
    ];
}
