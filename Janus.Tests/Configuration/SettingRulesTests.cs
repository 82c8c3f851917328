using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Janus.ApiService.Access;
using Janus.ApiService.Events;
using Janus.ApiService.Http;
using Janus.Campaigns.Storage;
using Janus.ContentWorker;
using Janus.Generation.Providers;
using Janus.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Janus.Tests.Configuration;

/// <summary>Nonsense in any setting stops a service, in a line that names the setting and says what is allowed.</summary>
public sealed class SettingRulesTests
{
    public static TheoryData<string> Classes => [.. OptionsClass.All.Where(options => options.Settings.Any(setting => setting.Allowed is not null)).Select(options => options.Type.Name)];

    [Theory]
    [MemberData(nameof(Classes))]
    public void What_is_not_allowed_is_refused_by_its_key(string options)
    {
        var settings = OptionsClass.All.Single(found => found.Type.Name == options).Settings
            .Where(setting => Nonsense(setting) is not null).ToList();
        settings.ShouldNotBeEmpty();

        var refusal = RefusalOf(settings.Select(setting => (setting.Key, Nonsense(setting)!))).ShouldNotBeNull();

        foreach (var setting in settings)
            refusal.ShouldContain($"{setting.Key} must be {setting.Allowed}.");
    }

    [Theory]
    [InlineData("Janus:LockRetry:Budget", "soon", "00:00:00.01 to 00:10:00")]
    [InlineData("Janus:Worker:TextConcurrency", "8.5", "1 to 256")]
    [InlineData("Janus:Budget:DayUsd", "", "0 to 100,000")]
    [InlineData("Gemini:Limits:Circuit:FailureRatio", "half", "more than 0 and at most 1")]
    [InlineData("Janus:StopWithParent", "perhaps", "true or false")]
    public void What_cannot_be_read_is_refused_by_the_same_words(string key, string value, string allowed) =>
        RefusalOf([(key, value)]).ShouldBe($"{key} must be {allowed}.");

    [Fact]
    public void Limits_themselves_are_allowed() => RefusalOf(OptionsClass.All.SelectMany(options => options.Settings)
        .Where(setting => setting.Property.GetCustomAttribute<RangeAttribute>() is { MinimumIsExclusive: false })
        .Select(setting => (setting.Key, $"{setting.Property.GetCustomAttribute<RangeAttribute>()!.Minimum}"))).ShouldBeNull();

    [Fact]
    public async Task A_service_says_it_in_one_line_and_does_not_start()
    {
        var folder = Directory.CreateTempSubdirectory("janus-settings-").FullName;
        try
        {
            var run = await ProgramRun.OfAsync(
                "Janus.ApiService", [], ("Janus__DataDirectory", folder), ("ASPNETCORE_URLS", "http://127.0.0.1:0"),
                ("Janus__Api__Heartbeat", "15"), ("Janus__Steps__MaxFailures", "0"));

            run.Errors.ShouldHaveSingleItem().ShouldBe(
                "A setting makes no sense: Janus:Api:Heartbeat must be 00:00:00.1 to 00:10:00. Janus:Steps:MaxFailures must be 1 to 1,000.");
            run.Output.ShouldBeEmpty();
            run.ExitCode.ShouldBe(StartRefusedException.DataUnusable);
            Directory.EnumerateFileSystemEntries(folder).ShouldBeEmpty();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string? Nonsense(Setting setting) => setting.Property.GetCustomAttributes<ValidationAttribute>().SingleOrDefault() switch
    {
        RangeAttribute { OperandType: var type } when type == typeof(TimeSpan) => "-00:00:01",
        RangeAttribute { Minimum: int.MinValue } => null, // Anything that can be read.
        RangeAttribute => "-1",
        RequiredAttribute => " ",
        null => null,
        _ => "ftp://nonsense",
    };

    // Every registration of every service at once, and what the start of the host would say.
    private static string? RefusalOf(IEnumerable<(string Key, string Value)> settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Configuration.AddInMemoryCollection([new("Gemini:ApiKey", "key"), new("Prices:Sets:0:From", "2026-09-20"), new("Prices:Sets:0:Models:gemini-4:InputUsd", "1")]);
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Key, setting.Value)));
        builder.AddStopWithParent();
        builder.Services.AddRouting();
        builder.AddHttpRules();
        builder.AddCallers();
        builder.Services.AddEventStreams();
        builder.Services.AddCampaignStorage(builder.Configuration);
        builder.Services.AddGeneration(builder.Configuration, isPlanner: true);
        builder.Services.AddContentWorker(builder.Configuration);
        using var services = builder.Services.BuildServiceProvider();
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
            return null;
        }
        catch (OptionsValidationException refused)
        {
            return string.Join(' ', refused.Failures);
        }
        catch (AggregateException several)
        {
            return string.Join(' ', several.InnerExceptions.SelectMany(one => one.ShouldBeOfType<OptionsValidationException>().Failures));
        }
    }
}
