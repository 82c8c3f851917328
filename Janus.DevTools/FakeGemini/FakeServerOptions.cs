using Janus.DevTools.FakeGemini.Script;

namespace Janus.DevTools.FakeGemini;

/// <summary>How the fake listens and answers.</summary>
internal sealed record FakeServerOptions
{
    /// <summary>The least size that a picture can be asked to have, in bytes.</summary>
    public const int LeastPictureBytes = 50_000;

    /// <summary>The most, in bytes: what a real 1K picture has at most.</summary>
    public const int MostPictureBytes = 1_400_000;

    private const char Comma = ',';

    /// <summary>The port on 127.0.0.1; 0 takes any free one.</summary>
    public int Port { get; init; }

    /// <summary>The only key that is accepted; null accepts any.</summary>
    public string? Key { get; init; }

    /// <summary>The script at the start, see <see cref="ScriptParser"/>; empty for normal answers.</summary>
    public string Script { get; init; } = "";

    /// <summary>How long every answer takes at least.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>The models that answer with text.</summary>
    public IReadOnlyList<string> TextModels { get; init; } = ["gemini-3.5-flash"];

    /// <summary>The models that answer with pictures.</summary>
    public IReadOnlyList<string> ImageModels { get; init; } = ["gemini-3.1-flash-image"];

    /// <summary>How large a picture is, about, in bytes.</summary>
    public int PictureBytes { get; init; } = 100_000;

    /// <summary>What the rates of a script are thrown with.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The clock of the waits and of the journal.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="UsageException">They make no sense.</exception>
    public static FakeServerOptions Parse(string[] args)
    {
        var arguments = new Arguments(
            args, ["--port", "--key", "--script", "--latency", "--text-models", "--image-models", "--picture-bytes", "--seed"]);
        var defaults = new FakeServerOptions();
        return defaults with
        {
            Port = arguments.Number("--port", 0, 0, 65_535),
            Key = arguments.Text("--key"),
            Script = Checked(arguments.Text("--script") ?? ""),
            Latency = arguments.Text("--latency") is { } latency ? Wait(latency) : TimeSpan.Zero,
            TextModels = Models(arguments.Text("--text-models")) ?? defaults.TextModels,
            ImageModels = Models(arguments.Text("--image-models")) ?? defaults.ImageModels,
            PictureBytes = arguments.Number("--picture-bytes", defaults.PictureBytes, LeastPictureBytes, MostPictureBytes),
            Seed = arguments.Number("--seed", defaults.Seed, 0, int.MaxValue),
        };
    }

    private static string Checked(string script)
    {
        try
        {
            ScriptParser.Parse(script);
            return script;
        }
        catch (ScriptException wrong)
        {
            throw new UsageException($"--script: {wrong.Message}");
        }
    }

    private static TimeSpan Wait(string text) =>
        Duration.TryParse(text, out var wait) ? wait : throw new UsageException($"--latency is {Duration.Form}, not '{text}'.");

    private static string[]? Models(string? names) =>
        names?.Split(Comma, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
