using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Janus.Tests.House;

/// <summary>What must hold for every file that git keeps, so that a fresh clone works on another machine.</summary>
public sealed partial class RepositoryTests
{
    [Theory]
    [InlineData("run.sh")]
    [InlineData("test.sh")]
    [InlineData(".ci/run")]
    public async Task A_script_is_executable_in_a_fresh_clone(string script) =>
        (await GitAsync("ls-files", "--stage", "--", script)).ShouldHaveSingleItem().ShouldStartWith("100755 ");

    [Fact]
    public async Task No_file_names_a_folder_of_somebodys_machine()
    {
        var found = new List<string>();
        foreach (var file in await GitAsync("ls-files", "--cached", "--others", "--exclude-standard"))
        {
            var path = Path.Combine(Solution.Root, file);
            if (!File.Exists(path))
                continue;

            var text = await File.ReadAllTextAsync(path);
            if (text.Contains(Solution.Root + Path.DirectorySeparatorChar, StringComparison.Ordinal) || HomeFolder().IsMatch(text))
                found.Add(file);
        }

        found.ShouldBeEmpty();
    }

    private static async Task<string[]> GitAsync(params string[] arguments)
    {
        Assert.SkipUnless(Path.Exists(Path.Combine(Solution.Root, ".git")), "this is no git clone");
        using var git = Process.Start(new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = Solution.Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        var output = await git.StandardOutput.ReadToEndAsync();
        await git.WaitForExitAsync();
        git.ExitCode.ShouldBe(0);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    // The home of the images' user is on no machine.
    [GeneratedRegex(@"(?<![\w.])/(home|Users)/(?!app/)\w[\w.-]*/|[A-Za-z]:\\Users\\\w", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex HomeFolder();
}
