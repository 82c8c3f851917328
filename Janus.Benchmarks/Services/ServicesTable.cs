using System.Diagnostics;
using System.Security.Cryptography;

namespace Janus.Benchmarks.Services;

/// <summary>What each service takes: its size as it is published, its user, its start, and its memory when nothing happens.</summary>
internal static class ServicesTable
{
    private const int Starts = 5;
    private const double Mebibyte = 1_048_576;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(60);

    // The ports of docs/deploy.md.
    private static readonly (string Project, int Port)[] Services = [("Janus.ApiService", 5180), ("Janus.ContentWorker", 5181), ("Janus.Web", 5080)];

    public static async Task<int> PrintAsync()
    {
        if (!OperatingSystem.IsLinux())
        {
            await Console.Error.WriteLineAsync("The table of services reads /proc: it needs Linux.");
            return 2;
        }

        var folder = Directory.CreateTempSubdirectory("janus-services-").FullName;
        var running = new List<PublishedService>();
        try
        {
            await MeasureAsync(folder, running);
            return 0;
        }
        finally
        {
            await EndAsync(running);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(string folder, List<PublishedService> running)
    {
        var data = Directory.CreateDirectory(Path.Combine(folder, "data")).FullName;
        await PublishedService.GiveAsync(data);
        OpenToRead(folder);
        foreach (var (project, _) in Services)
            await PublishAsync(project, Path.Combine(folder, project));
        List<(string, string)> settings =
        [
            ("DOTNET_ENVIRONMENT", "Production"), ("ASPNETCORE_ENVIRONMENT", "Production"), ("ASPNETCORE_URLS", "http://127.0.0.1:0"),
            ("Janus__DataDirectory", data), ("Janus__Access__SignIn", "accounts"), ("Janus__Access__ServiceKey", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))),
            ("HOME", data),
        ];
        await PublishedService.RunAsync(ProgramIn(folder, Services[0].Project), "migrate", settings);

        var starts = Services.ToDictionary(service => service.Project, _ => new List<double>(), StringComparer.Ordinal);
        for (var round = 1; round <= Starts; round++)
        {
            await EndAsync(running);
            foreach (var (project, _) in Services)
            {
                // The pages find the API by its address, and everything else by itself.
                var service = await PublishedService.StartAsync(ProgramIn(folder, project), [.. settings, .. running.Take(1).Select(api => ("services__apiservice__http__0", api.Address.ToString()))]);
                running.Add(service);
                starts[project].Add(service.StartedWithin.TotalSeconds);
            }
        }

        await Task.Delay(Rest);
        Console.WriteLine();
        Console.WriteLine(FormattableString.Invariant($"Each service as it is published, in Production, started {Starts} times; memory {Rest.TotalSeconds} s after the last start."));
        Console.WriteLine();
        Console.WriteLine("| service | size | user | port | start to ready, median and longest | memory at rest, and what of it is private |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var ((project, port), service) in Services.Zip(running))
        {
            var (resident, own) = service.Memory;
            Console.WriteLine(FormattableString.Invariant(
                $"| {project} | {SizeOf(Path.Combine(folder, project)) / Mebibyte:0.0} MiB | {service.User} | {port} | {starts[project].Median():0.00} s, {starts[project].Max():0.00} s | {resident / Mebibyte:0} MiB, {own / Mebibyte:0} MiB |"));
        }
    }

    private static async Task EndAsync(List<PublishedService> running)
    {
        foreach (var service in running)
            await service.DisposeAsync();
        running.Clear();
    }

    private static string ProgramIn(string folder, string project) => Path.Combine(folder, project, $"{project}.dll");

    private static long SizeOf(string folder) => new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    private static void OpenToRead(string folder)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
    }

    private static async Task PublishAsync(string project, string folder)
    {
        var solution = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(solution.FullName, "Janus.sln")))
            solution = solution.Parent ?? throw new InvalidOperationException("There is no Janus.sln above this program: it publishes services from their source.");
        using var publish = Process.Start(new ProcessStartInfo("dotnet", ["publish", Path.Combine(solution.FullName, project), "-c", "Release", "-o", folder, "-v", "q"]) { UseShellExecute = false })!;
        await publish.WaitForExitAsync();
        if (publish.ExitCode != 0)
            throw new InvalidOperationException($"{project} could not be published.");
    }
}
