using System.Data.Common;
using Janus.Campaigns.Planning;
using Janus.Campaigns.Storage;
using Janus.Tests.Engine;
using Microsoft.EntityFrameworkCore;

namespace Janus.Tests.Arrows;

/// <summary>What commands are given to: something of one campaign.</summary>
internal abstract record Subject(StoredCampaign Campaign);

/// <summary>A command that was carried out.</summary>
/// <param name="Command">Its name.</param>
/// <param name="From">The state before it.</param>
/// <param name="To">The state after it.</param>
/// <param name="Version">The campaign's version before it.</param>
internal sealed record Walked(string Command, string From, string To, long Version);

/// <summary>
/// Gives every command of a table in every state of it, on the real engine over a real database, and holds each to its cell. That nothing is written is
/// the database's own word: no commit came to it. That something is, is seen in the state, and in a log that goes on without a gap.
/// </summary>
/// <typeparam name="T">What is brought into a state.</typeparam>
internal sealed class ArrowWalk<T>(
    TestEngine engine, ArrowTable table, IReadOnlyDictionary<string, Func<Task<T>>> states, IReadOnlyDictionary<string, Func<T, Task<bool?>>> commands,
    Func<T, Task<string>> stateOf)
    where T : Subject
{
    private readonly List<string> _wrong = [];

    /// <summary>Called after every command that was carried out.</summary>
    public Func<T, Walked, Task> Carried { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>Walks the whole table; everything that is not as it says is told at once.</summary>
    public async Task RunAsync()
    {
        table.Commands.Order().ShouldBe(commands.Keys.Order(), "the table and the commands differ");
        table.States.Order().ShouldBe(states.Keys.Order(), "the table and the states differ");
        using var witness = engine.Store.Open();
        foreach (var state in table.States)
        {
            T? subject = null;
            foreach (var command in table.Commands)
            {
                subject ??= await states[state]();
                if (await GiveAsync(witness, state, command, subject))
                    continue;
                await LeaveAsync(subject);
                subject = null;
            }

            if (subject is not null)
                await LeaveAsync(subject);
        }

        _wrong.ShouldBeEmpty();
    }

    // A subject that a command was refused for is as it was, and is used again.
    private async Task<bool> GiveAsync(DbConnection witness, string state, string command, T subject)
    {
        var expected = table[state, command];
        var campaign = subject.Campaign;
        var from = await stateOf(subject);
        var version = await VersionAsync(campaign);
        var ended = await EndedAttemptsAsync(campaign);
        var commits = engine.Store.Commits(witness);

        var accepted = await commands[command](subject);

        var written = engine.Store.Commits(witness) != commits;
        var to = await stateOf(subject);
        if (expected == ArrowTable.Refused)
        {
            if (accepted != true && !written)
                return true;
            Wrong("should be refused with nothing written", accepted, written, from, to);
            return false;
        }

        if (accepted == false || !written || to != (expected == ArrowTable.Same ? from : expected))
            Wrong($"should come to {expected}", accepted, written, from, to);
        if (await VersionAsync(campaign) < version || await GapAsync(campaign) is true)
            _wrong.Add($"{command} in {state}: the log has a gap, or does not end with the version");
        if (ended.Except(await EndedAttemptsAsync(campaign)).Any())
            _wrong.Add($"{command} in {state}: an attempt that had ended was changed");
        await Carried(subject, new Walked(command, from, to, version));
        return false;

        void Wrong(string rule, bool? said, bool wrote, string before, string after) =>
            _wrong.Add($"{command} in {state} {rule}; it was {(said == true ? "accepted" : said is null ? "given" : "refused")}, {(wrote ? "something" : "nothing")} was written, {before} became {after}");
    }

    // What is left open would be claimed by a later command.
    private async Task LeaveAsync(T subject) => await engine.Commands.CancelAsync(subject.Campaign.PublicId, null, CancellationToken.None);

    private async Task<long> VersionAsync(StoredCampaign campaign)
    {
        await using var tables = engine.Get<DatabaseEngine>().NewContext();
        return await tables.Campaigns.Where(row => row.Id == campaign.Id).Select(row => row.Version).SingleAsync();
    }

    private async Task<bool> GapAsync(StoredCampaign campaign)
    {
        await using var tables = engine.Get<DatabaseEngine>().NewContext();
        var numbers = await tables.Events.Where(entry => entry.CampaignId == campaign.Id).OrderBy(entry => entry.Version).Select(entry => entry.Version).ToListAsync();
        return !numbers.SequenceEqual(Enumerable.Range(1, (int)await VersionAsync(campaign)).Select(number => (long)number));
    }

    private async Task<IReadOnlyList<string>> EndedAttemptsAsync(StoredCampaign campaign)
    {
        await using var tables = engine.Get<DatabaseEngine>().NewContext();
        var attempts = await tables.Attempts.Where(attempt => attempt.EndedAt != null && tables.Steps.Any(step => step.Id == attempt.StepId && step.CampaignId == campaign.Id)).ToListAsync();
        return [.. attempts.Select(attempt => $"{attempt.StepId} {attempt.Number} {attempt.Worker} {attempt.EndedAt} {attempt.Outcome} {attempt.Error} {attempt.CostMicroUsd}")];
    }
}
