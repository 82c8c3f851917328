using System.Text.RegularExpressions;
using Janus.Tests.House;

namespace Janus.Tests.Configuration;

public sealed partial class ConfigurationPageTests
{
    private static readonly string[] NotServed = ["Janus.Tests/", "Janus.AppHost.Tests/", "Janus.Benchmarks/", "Janus.LimitedFeed/", "eng/"];

    // Options that settings are not bound to one by one, each with its reason.
    private static readonly string[] NotBound =
    [
        "RequestTimeoutOptions", // The framework's, set by the API.
        "AuthenticationOptions", // The framework's, set by the pages.
        "ForwardedHeadersOptions", // The framework's, set by the pages.
        "ServerAddresses", // The server's own keys.
        "FaultOptions", // Janus:Faults, one text.
        "HostOptions", // The framework's, set by the worker.
    ];

    // What is read by a name that is no constant and no property of options, and what it reads.
    private static readonly Dictionary<string, string[]> ReadByOtherNames = new(StringComparer.Ordinal)
    {
        ["WebHostDefaults.ServerUrlsKey"] = ["ASPNETCORE_URLS"],
        ["ports.Key"] = ["ASPNETCORE_HTTP_PORTS", "ASPNETCORE_HTTPS_PORTS"],
        ["name"] = ["OTEL_EXPORTER_OTLP_ENDPOINT", "JANUS_DATA"], // A name of a table that stands in the same file, or in Topology.
        ["setting.Key[(section.Path.Length + 1)..]"] = [], // Every setting of an options class.
        ["$\"{GeminiOptions.Section}:{nameof(GeminiOptions.ApiKey)}\""] = ["Gemini__ApiKey"],
        ["$\"Parameters:{Topology.GeminiKeyParameter}\""] = ["Gemini__ApiKey"], // The AppHost's parameter, which becomes the variable.
    };

    [Fact]
    public async Task The_page_is_what_the_code_says()
    {
        if (Environment.GetEnvironmentVariable(ConfigurationPage.WriteVariable) == "1")
            await ConfigurationPage.WriteAsync();
        (await ConfigurationPage.ReadAsync()).ShouldBe(
            ConfigurationPage.Build(), $"docs/configuration.md is not current: run this test with {ConfigurationPage.WriteVariable}=1, which writes it");
    }

    [Fact]
    public void Every_number_and_time_says_what_it_may_be() =>
        OptionsClass.All.SelectMany(options => options.Settings)
            .Where(setting => setting.Kind is "number" or "whole number" or "time" && setting.Allowed is null)
            .Select(setting => $"{setting.Key} needs a [Range] on {setting.Property.DeclaringType!.Name}.{setting.Property.Name}")
            .ShouldBeEmpty();

    [Fact]
    public void Every_class_that_settings_are_bound_to_is_known()
    {
        var bound = Sources().SelectMany(file => Binding().Matches(file.Text)).Select(match => match.Groups["type"].Value).Distinct().ToList();
        bound.Count.ShouldBeGreaterThan(8);
        bound.Except(NotBound).Except(OptionsClass.All.Select(options => options.Type.Name))
            .ShouldBeEmpty("these have no constant Section that says where they are bound from");
    }

    [Fact]
    public async Task Every_key_that_the_sources_read_is_on_the_page()
    {
        var page = await ConfigurationPage.ReadAsync();
        var sources = Sources().ToList();
        var named = sources.SelectMany(file => Name().Matches(file.Text).Select(match => (file.Path, Key: match.Groups["key"].Value)));
        var read = sources.SelectMany(file => Reading().Matches(file.Text).Select(match => match.Groups["key"].Value)
            .SelectMany(expression => Keys(expression, file.Text, sources)).Select(key => (file.Path, Key: key)));

        var keys = named.Concat(read).ToList();
        keys.Count.ShouldBeGreaterThan(50);
        keys.Where(key => !page.Contains(key.Key.Replace(":", "__", StringComparison.Ordinal), StringComparison.Ordinal))
            .Where(key => !page.Contains($"`{key.Key}`", StringComparison.Ordinal))
            .Select(key => $"{key.Path} reads {key.Key}").Distinct().ShouldBeEmpty();
    }

    // What an expression between the brackets reads: a text, a constant of the same file or of a named class, a property of options, or what the table above says.
    private static string[] Keys(string expression, string text, IReadOnlyList<(string Path, string Text)> sources)
    {
        if (expression.StartsWith('"'))
            return [expression.Trim('"')];
        if (ReadByOtherNames.TryGetValue(expression, out var said))
            return said;
        if (expression.StartsWith("nameof(", StringComparison.Ordinal))
            return [expression[7..^1].Split('.')[^1]];
        var parts = expression.Split('.');
        var owner = parts.Length == 1 ? text : sources.Select(file => file.Text)
            .FirstOrDefault(source => Regex.IsMatch(source, $@"\b(class|record) {parts[^2]}\b", RegexOptions.None, TimeSpan.FromSeconds(1))) ?? "";
        var value = Regex.Match(owner, $"const string {parts[^1]} = \"([^\"]+)\"", RegexOptions.None, TimeSpan.FromSeconds(1));
        return [value.Success ? value.Groups[1].Value : $"{expression}, of which this test does not know what it is"];
    }

    private static IEnumerable<(string Path, string Text)> Sources() =>
        Solution.Files(".cs", ".razor").Where(file => !NotServed.Any(room => file.Path.StartsWith(room, StringComparison.Ordinal)));

    [GeneratedRegex(@"(AddSettings|AddOptions|AddOptionsWithValidateOnStart|\.Configure)<(?<type>\w{2,})>\(", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Binding();

    [GeneratedRegex("\"(?<key>(JANUS|OTEL|ASPNETCORE)_[A-Z_]+|(Janus|Gemini|Sample|Prices|ConnectionStrings|services)(__|:)[A-Za-z_:0-9]+)\"", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Name();

    [GeneratedRegex(@"([cC]onfiguration|section)\[(?<key>.+?)\](?=[\s.?;,)]|$)|(GetSection|GetConnectionString)\((?<key>[^()]+)\)", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Reading();
}
