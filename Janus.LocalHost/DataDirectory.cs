using System.Security.Cryptography;
using System.Text.Json;

namespace Janus.LocalHost;

/// <summary>
/// The data directory while this host has it: one host at a time, held by a file lock that the operating system lets go when the
/// process ends, however it ends. Tools find the running system by <c>run/addresses.json</c>, and its operator's key, which is new at every
/// start, in <c>run/operator.key</c>, which only this user can read.
/// </summary>
internal sealed class DataDirectory : IDisposable
{
    // Sharing violation on Windows; EAGAIN on Linux and on macOS.
    private static readonly int[] _lockedByAnother = [unchecked((int)0x80070020), 11, 35];

    private readonly FileStream _lock;
    private readonly string _addressesFile;
    private readonly string _keyFile;

    private DataDirectory(string path, FileStream @lock, string addressesFile, string keyFile)
    {
        Path = path;
        _lock = @lock;
        _addressesFile = addressesFile;
        _keyFile = keyFile;
    }

    public string Path { get; }

    /// <summary>The key of the API's operator commands during this start.</summary>
    public string OperatorKey { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>Creates the directory where it is missing, sees that it can be written, and takes it for this host.</summary>
    /// <exception cref="HostRefusedException">It cannot be written, or another host has it.</exception>
    public static DataDirectory Claim(string path)
    {
        var run = System.IO.Path.Combine(path, "run");
        var addresses = System.IO.Path.Combine(run, "addresses.json");
        var key = System.IO.Path.Combine(run, "operator.key");
        FileStream? @lock = null;
        try
        {
            Directory.CreateDirectory(run);
            @lock = new FileStream(System.IO.Path.Combine(run, "localhost.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            using (new FileStream(System.IO.Path.Combine(path, $".write-test-{Environment.ProcessId}"), FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
            {
                // A host that was killed could not take its addresses away.
                File.Delete(addresses);
                File.Delete(key);
            }

            var claimed = new DataDirectory(path, @lock, addresses, key);
            claimed.WriteKey();
            return claimed;
        }
        catch (IOException taken) when (@lock is null && Array.IndexOf(_lockedByAnother, taken.HResult) >= 0)
        {
            throw new HostRefusedException(
                HostRefusedException.AlreadyRunning,
                $"Janus already runs on {path} ({Whereabouts(addresses)}): use that one, stop it, or set {Topology.DataVariable} to another folder.");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            @lock?.Dispose();
            throw new HostRefusedException(
                HostRefusedException.BadSetting,
                $"The data directory {path} cannot be written ({refused.Message}): set {Topology.DataVariable} to a folder that you may write to.");
        }
    }

    /// <summary>Says where the system is, in one step: a reader sees the whole file or none.</summary>
    public void Announce(Addresses addresses)
    {
        var unfinished = $"{_addressesFile}.new";
        File.WriteAllText(unfinished, JsonSerializer.Serialize(addresses, JsonSerializerOptions.Web));
        File.Move(unfinished, _addressesFile, overwrite: true);
    }

    public void Dispose()
    {
        File.Delete(_addressesFile);
        File.Delete(_keyFile);
        _lock.Dispose();
    }

    private void WriteKey()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(_keyFile, options);
        writer.Write(OperatorKey);
    }

    private static string Whereabouts(string addressesFile)
    {
        try
        {
            var addresses = JsonSerializer.Deserialize<Addresses>(File.ReadAllText(addressesFile), JsonSerializerOptions.Web);
            return addresses is null ? "it is starting" : $"{addresses.Web}, process {addresses.Pid}";
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException)
        {
            return "it is starting";
        }
    }
}

/// <summary>The content of <c>run/addresses.json</c>.</summary>
/// <param name="Web">Where the pages are, without a slash at the end.</param>
/// <param name="Api">Where the API is, without a slash at the end.</param>
/// <param name="Pid">The host's process id.</param>
internal sealed record Addresses(string Web, string Api, int Pid);
