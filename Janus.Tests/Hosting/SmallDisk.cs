using System.Diagnostics;

namespace Janus.Tests.Hosting;

/// <summary>A file system of a few megabytes, to be filled or made read-only. Mounting one needs root on Linux; elsewhere the test is skipped with that reason.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly string _filler;

    private SmallDisk(string path)
    {
        Path = path;
        _filler = System.IO.Path.Combine(path, "filler");
    }

    /// <summary>Where it is mounted.</summary>
    public string Path { get; }

    /// <summary>Mounts one.</summary>
    /// <param name="size">Its size, as mount(8) reads it.</param>
    public static async Task<SmallDisk> MountAsync(string size)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "mounts a small file system, which needs root on Linux");
        var disk = new SmallDisk(Directory.CreateTempSubdirectory("janus-disk-").FullName);
        if (await RunAsync("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", disk.Path) == 0)
            return disk;
        Directory.Delete(disk.Path);
        Assert.Skip("mounting a small file system was refused");
        return disk;
    }

    /// <summary>Writes until nothing more goes in.</summary>
    public void Fill()
    {
        using var file = new FileStream(_filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 1);
        var block = new byte[4096];
        try
        {
            while (true)
                file.Write(block);
        }
        catch (IOException full)
        {
            full.Message.ShouldNotBeEmpty();
        }
    }

    /// <summary>Makes room.</summary>
    public void MakeRoom() => File.Delete(_filler);

    /// <summary>Mounts a file over itself, read-only: the one way to forbid writing it to root.</summary>
    /// <returns>What takes the mount away again.</returns>
    public static async Task<IAsyncDisposable> ShowReadOnlyAsync(string file)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "mounts a file over itself, which needs root on Linux");
        Assert.SkipUnless(await RunAsync("mount", "--bind", file, file) == 0, "mounting a file over itself was refused");
        var mounted = new Mounted(file);
        if (await RunAsync("mount", "-o", "remount,bind,ro", file) == 0)
            return mounted;
        await mounted.DisposeAsync();
        Assert.Skip("making a mounted file read-only was refused");
        return mounted;
    }

    /// <summary>Makes everything on it read-only, or writable again. False when the system refuses, as it does while a file is open for writing.</summary>
    public async Task<bool> RemountAsync(bool readOnly) => await RunAsync("mount", "-o", readOnly ? "remount,ro" : "remount,rw", Path) == 0;

    public async ValueTask DisposeAsync()
    {
        (await RunAsync("umount", Path)).ShouldBe(0);
        Directory.Delete(Path);
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private sealed class Mounted(string path) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => (await RunAsync("umount", path)).ShouldBe(0);
    }
}
