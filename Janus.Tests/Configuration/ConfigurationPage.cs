using System.Globalization;
using System.Text;
using Janus.Tests.House;

namespace Janus.Tests.Configuration;

/// <summary>docs/configuration.md, as the code says it.</summary>
internal static class ConfigurationPage
{
    /// <summary>The variable that lets a test write the page in place of comparing it.</summary>
    public const string WriteVariable = "JANUS_WRITE_PAGES";

    private const string Head =
        $"""
        # Every setting

        This page is written by a test from the options classes and their comments, and the test fails when it is not current. To write it anew:

            {WriteVariable}=1 dotnet test Janus.Tests --filter ConfigurationPageTests

        Settings are environment variables, or anything else that .NET reads configuration from: `Janus__Api__PlanLimit` is also
        `--Janus:Api:PlanLimit` behind a program's name. Times are `hours:minutes:seconds`, such as `00:00:15` or `00:00:00.250`, with days before a
        dot, `1.00:00:00`; a bare number is days. Numbers have a point, whatever the machine's language. A service that meets a value that is not allowed does not start: it says in one
        line which setting it is and what is allowed, and ends with exit code 2. Migrations are apiservice's program too, and read what it reads.

        """;

    private static string Path => System.IO.Path.Combine(Solution.Root, "docs", "configuration.md");

    public static string Build()
    {
        var page = new StringBuilder(Head);
        foreach (var options in OptionsClass.All.Where(options => options.Settings.Count > 0))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {Title(options)}\n\n{CodeComments.Of(options.Type)} Read by {ReadBy(options)}.\n\n");
            page.Append("| variable | kind | default | allowed | what for |\n|---|---|---|---|---|\n");
            foreach (var setting in options.Settings)
                page.Append(CultureInfo.InvariantCulture, $"| `{setting.Variable}` | {setting.Kind} | {Code(setting.DefaultText)} | {Allowed(setting)} | {CodeComments.Of(setting.Property)} |\n");
        }

        Append(page, "What services read beside them", OtherSetting.OfServices);
        Append(page, "Hosts and the developer's commands", OtherSetting.OfHosts);
        return page.ToString();
    }

    public static Task<string> ReadAsync() => File.ReadAllTextAsync(Path);

    public static Task WriteAsync() => File.WriteAllTextAsync(Path, Build());

    private static void Append(StringBuilder page, string title, IEnumerable<OtherSetting> settings)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n| variable | default | allowed | read by | what for |\n|---|---|---|---|---|\n");
        foreach (var setting in settings)
            page.Append(CultureInfo.InvariantCulture, $"| `{setting.Variable}` | {setting.Default} | {setting.Allowed} | {setting.ReadBy} | {setting.Purpose} |\n");
    }

    private static string Title(OptionsClass options) => $"`{options.Section}`: {options.Type.Name}";

    private static string ReadBy(OptionsClass options) =>
        string.Join(", ", options.ReadBy.Select(service => service.Split('.')[1].ToLowerInvariant()));

    // The entries of a table have no property of their own that could say it.
    private static string Allowed(Setting setting) =>
        setting.Allowed ?? (setting.Property.PropertyType == setting.Type || setting.Default is not null ? $"any {setting.Kind}" : "what is said there");

    private static string Code(string text) => text == "none" ? text : $"`{text}`";
}
