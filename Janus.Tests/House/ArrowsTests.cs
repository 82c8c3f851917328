using System.Text.RegularExpressions;

namespace Janus.Tests.House;

/// <summary>Who may know whom. The arrows are those of the design; a new one is a decision and not a by-product.</summary>
public sealed partial class ArrowsTests
{
    private static readonly string[] Anything = ["*"];

    private static readonly Dictionary<string, string[]> MayKnow = new(StringComparer.Ordinal)
    {
        ["Janus.ApiService"] = ["Janus.Campaigns", "Janus.Contracts", "Janus.Generation", "Janus.ServiceDefaults"],
        ["Janus.ContentWorker"] = ["Janus.Campaigns", "Janus.Contracts", "Janus.Generation", "Janus.ServiceDefaults"],
        ["Janus.Web"] = ["Janus.Contracts", "Janus.ServiceDefaults"],
        ["Janus.Generation"] = ["Janus.Gemini"],
        ["Janus.DevTools"] = ["Janus.Campaigns", "Janus.Contracts"],
        ["Janus.Campaigns"] = [],
        ["Janus.Contracts"] = [],
        ["Janus.Gemini"] = [],
        ["Janus.ServiceDefaults"] = [],
        ["Janus.LimitedFeed"] = [],
        ["Janus.AppHost"] = Anything,
        ["Janus.AppHost.Tests"] = Anything,
        ["Janus.LocalHost"] = Anything,
        ["Janus.Tests"] = Anything,
        ["Janus.Benchmarks"] = Anything,
    };

    private static readonly string[] WaysToNameGemini = ["using Janus.Gemini", "Janus.Gemini.", "GeminiOptions"];

    public static TheoryData<string> ProjectNames => [.. Solution.Projects.Keys.Order()];

    [Fact]
    public void Every_project_of_the_house_has_its_arrows_written_down() =>
        Solution.Projects.Keys.Order().ShouldBe(MayKnow.Keys.Order());

    [Theory]
    [MemberData(nameof(ProjectNames))]
    public void A_project_knows_only_whom_it_may(string project)
    {
        var allowed = MayKnow[project];
        if (allowed == Anything)
            return;

        References(project, "ProjectReference")
            .Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')))
            .Except(allowed)
            .ShouldBeEmpty();
    }

    [Fact]
    public void The_shapes_that_cross_HTTP_need_no_package()
    {
        References("Janus.Contracts", "PackageReference").ShouldBeEmpty();
        References("Janus.Contracts", "JanusPackage").ShouldBeEmpty();
        References("Janus.Contracts", "FrameworkReference").ShouldBeEmpty();
    }

    [Fact]
    public void Gemini_is_named_only_where_the_provider_is_chosen() =>
        Solution.Files(".cs", ".razor")
            .Where(file => WaysToNameGemini.Any(way => file.Text.Contains(way, StringComparison.Ordinal)))
            .Select(file => file.Path)
            .Where(path => !path.StartsWith("Janus.Gemini/", StringComparison.Ordinal)
                && !path.StartsWith("Janus.Generation/Providers/", StringComparison.Ordinal)
                && !path.StartsWith("Janus.Tests/", StringComparison.Ordinal) && !path.StartsWith("Janus.Benchmarks/Gemini/", StringComparison.Ordinal))
            .ShouldBeEmpty();

    [Fact]
    public void No_room_can_tell_which_feed_it_was_built_with()
    {
        // Spelled in two parts, so that this file does not find itself.
        const string room = "Janus." + "LimitedFeed";
        string[] mayName = ["Directory.Build.targets", "Directory.Build.props", "Directory.Packages.props", "Directory.Solution.targets"];

        Solution.Files(".cs", ".razor", ".csproj", ".props", ".targets")
            .Where(file => file.Text.Contains(room, StringComparison.Ordinal))
            .Select(file => file.Path)
            .Where(path => !path.StartsWith($"{room}/", StringComparison.Ordinal) && !path.StartsWith("Janus.Tests/", StringComparison.Ordinal))
            .Except(mayName)
            .ShouldBeEmpty();
    }

    [Fact]
    public void No_test_reaches_into_the_stand_ins() =>
        References("Janus.LimitedFeed", "InternalsVisibleTo").ShouldBeEmpty();

    [Fact]
    public void Names_and_variables_of_a_running_Janus_stand_once_in_Topology()
    {
        string[] hosts = ["Janus.AppHost/", "Janus.LocalHost/"];

        Solution.Files(".cs")
            .Where(file => hosts.Any(host => file.Path.StartsWith(host, StringComparison.Ordinal)))
            .Where(file => file.Path != "Janus.AppHost/Topology.cs")
            .Where(file => ServiceOrVariable().IsMatch(file.Text))
            .Select(file => file.Path)
            .ShouldBeEmpty();
    }

    /// <summary>A service's name or a whole variable's name in quotes; a bare prefix such as <c>"Janus__"</c> names no variable.</summary>
    [GeneratedRegex("\"(apiservice|contentworker|(services|ConnectionStrings|Janus|Gemini)__[A-Za-z]+)",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ServiceOrVariable();

    private static IEnumerable<string> References(string project, string element) =>
        Solution.Projects[project].Descendants(element).Select(item => (string?)item.Attribute("Include")).OfType<string>();
}
