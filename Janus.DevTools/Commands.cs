using System.Runtime.InteropServices;
using Janus.DevTools.Backups;
using Janus.DevTools.FakeGemini;
using Janus.DevTools.Hostile;
using Janus.DevTools.Locks;
using Janus.DevTools.Moving;
using Janus.DevTools.Operator;
using Janus.DevTools.Postgres;
using Janus.DevTools.TestReport;
using Janus.DevTools.Traces;
using Janus.DevTools.Watch;

namespace Janus.DevTools;

/// <summary>The commands of this program, one line each, and what all of them share: Ctrl-C, wrong usage, exit codes.</summary>
internal static class Commands
{
    private const int WrongUsage = 2;
    private const int Stopped = 130;

    private static readonly Command[] All =
    [
        new("watch", "[--api URL] [--token TOKEN] [--product TEXT] [--goals TEXT] [--name TEXT | --campaign ID] [--count N] [--timeout SECONDS] [--json]",
            "Plans a campaign through the API of a running system and follows it to its end.",
            (args, token) => WatchCommand.RunAsync(args, Console.Out, token)),
        new("locks", "[options]", "Proves the lock retry: processes that fight for one SQLite file, without an error or a lost update.",
            (args, token) => LocksCommand.RunAsync(args, Console.Out, token)),
        new("hostile", "--api URL [--web URL] [--requests N] [--streams N] [--seed N] [--token TOKEN] [--minutes N] [--quiet SECONDS] [--pid api=N,web=N]",
            "Sends a system on this machine what nobody means, while a legitimate user goes on reading: nothing may break.",
            (args, token) => HostileCommand.RunAsync(args, Console.Out, token)),
        new("fake-gemini", "[options]", "A stand-in for Gemini on loopback: checks every request strictly, and fails as a script says.",
            (args, token) => FakeGeminiCommand.RunAsync(args, Console.Out, token)),
        new("backup", "[--data DIR] [--to DIR] [--keep N] [--accept-missing]", "Backs up the database and its pictures while Janus runs.", (args, token) => BackupCommand.RunAsync(args, Console.Out, Console.Error, token)),
        new("restore", "FROM [--data DIR]", "Puts a backup in the place of the data. Janus must be stopped.", (args, token) => RestoreCommand.RunAsync(args, Console.Out, Console.Error, token)),
        new("postgres", "[--port N]", "A PostgreSQL server to try Janus on, on loopback; everything in it is gone when it stops.",
            (args, token) => PostgresCommand.RunAsync(args, Console.Out, Console.Error, token)),
        new("move", "[--to CONNECTION] [--from DIR] [--media folder] [--without-missing-pictures]", "Moves the data from SQLite into an empty PostgreSQL database. Janus must be stopped.",
            (args, token) => MoveCommand.RunAsync(args, Console.Out, Console.Error, token)),
        new("traces", "[options]", "Receives what the services export (OTLP) and prints each campaign's traces as trees.",
            (args, token) => TracesCommand.RunAsync(args, Console.Out, token)),
        new("operator", $"{string.Join('|', OperatorCommand.Names)} [--api URL] [--key KEY] [--seconds N]", "Sends a running system what the dashboard's buttons send.",
            (args, token) => OperatorCommand.RunAsync(args, Console.Out, Console.Error, token)),
        new("test-report", "<.trx files or folders>", "Sums up test results: what was skipped and why, what failed, what was slow.", TestReportCommand.RunAsync),
        // Started by locks; not for people.
        new(LocksWriter.Name, "", null, LocksWriter.RunAsync),
    ];

    /// <summary>Runs the command that the first argument names.</summary>
    /// <returns>The process's exit code: the command's own; 2 for wrong usage; 130 when it was stopped.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [var name, .. var rest] || Array.Find(All, command => command.Name == name) is not { } asked)
        {
            await Console.Error.WriteLineAsync("usage: dotnet run --project Janus.DevTools -- <command>");
            foreach (var command in All.Where(command => command.Purpose is not null))
                await Console.Error.WriteLineAsync($"  {command.Name} {command.Arguments}{Environment.NewLine}      {command.Purpose}");
            return WrongUsage;
        }

        using var stop = new CancellationTokenSource();
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            return await asked.RunAsync(rest, stop.Token);
        }
        catch (UsageException usage)
        {
            await Console.Error.WriteLineAsync(usage.Message);
            return WrongUsage;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Stopped.");
            return Stopped;
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private sealed record Command(string Name, string Arguments, string? Purpose, Func<string[], CancellationToken, Task<int>> RunAsync);
}
