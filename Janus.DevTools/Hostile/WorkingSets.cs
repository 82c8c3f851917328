using System.Diagnostics;

namespace Janus.DevTools.Hostile;

/// <summary>How much memory processes have, in bytes, at the beginning, once they were warm, and at the end.</summary>
internal sealed class WorkingSets(IReadOnlyDictionary<string, int> processes)
{
    /// <summary>What a process may have grown by once it is warm, as a factor.</summary>
    public const double MostGrowth = 1.5;

    /// <summary>What it may have grown by beside that, in bytes: small processes take what they need in steps.</summary>
    public const long MostStep = 64 * 1024 * 1024;

    private readonly Dictionary<string, List<long>> _looks = processes.Keys.ToDictionary(name => name, _ => new List<long>(), StringComparer.Ordinal);

    /// <summary>What was seen of each.</summary>
    public IReadOnlyDictionary<string, List<long>> Looks => _looks;

    /// <summary>Looks at all of them.</summary>
    /// <exception cref="UsageException">There is no such process.</exception>
    public void Look()
    {
        foreach (var (name, pid) in processes)
        {
            try
            {
                using var process = Process.GetProcessById(pid);
                _looks[name].Add(process.WorkingSet64);
            }
            catch (ArgumentException)
            {
                throw new UsageException($"--pid {name}={pid}: there is no such process.");
            }
        }
    }

    /// <summary>Whether a process has kept what it had when it was warm.</summary>
    public static bool IsFlat(IReadOnlyList<long> looks) => looks[^1] <= (looks[^2] * MostGrowth) + MostStep;
}
