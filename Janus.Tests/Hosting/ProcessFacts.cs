using System.Diagnostics;

namespace Janus.Tests.Hosting;

/// <summary>Questions about processes that this test may not be the parent of.</summary>
internal static class ProcessFacts
{
    /// <summary>Whether a process runs. One that has ended but whose parent has not taken notice does not.</summary>
    public static bool IsRunning(int processId)
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                // "123 (name) S ...": the state follows the name, which may itself hold brackets.
                var stat = File.ReadAllText($"/proc/{processId}/stat");
                return stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
            }

            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (Exception gone) when (gone is IOException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Waits until none of the processes runs.</summary>
    /// <exception cref="TimeoutException">One still runs when the time is over.</exception>
    public static async Task WaitUntilGoneAsync(IEnumerable<int> processIds, TimeSpan limit)
    {
        using var deadline = new CancellationTokenSource(limit);
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        try
        {
            foreach (var processId in processIds)
            {
                while (IsRunning(processId))
                    await again.WaitForNextTickAsync(deadline.Token);
            }
        }
        catch (OperationCanceledException over)
        {
            throw new TimeoutException($"Still running after {limit.TotalSeconds} s: {string.Join(", ", processIds.Where(IsRunning))}.", over);
        }
    }
}
