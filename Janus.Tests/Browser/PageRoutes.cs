using System.Reflection;
using System.Text.RegularExpressions;
using Janus.Web.Components;
using Microsoft.AspNetCore.Components;

namespace Janus.Tests.Browser;

/// <summary>Every page that Janus.Web has, found by its <c>@page</c>, so that a new page is tested on the day on which it is made.</summary>
internal static partial class PageRoutes
{
    /// <summary>The routes as they are written, such as <c>/campaigns/{CampaignId}</c>.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. from page in typeof(App).Assembly.GetTypes()
           from route in page.GetCustomAttributes<RouteAttribute>()
           orderby route.Template
           select route.Template,
    ];

    /// <summary>The route's address for a campaign.</summary>
    public static string PathOf(string route, string campaignId)
    {
        var path = CampaignId().Replace(route, campaignId);
        path.ShouldNotContain("{", customMessage: "the tests do not know what stands for this parameter");
        return path;
    }

    [GeneratedRegex(@"\{(campaign)?id(:\w+)?\}", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CampaignId();
}
