using System.Xml.Linq;

namespace Janus.Tests.House;

/// <summary>The solution's files, as they lie on disk, and which of its builds these tests belong to. Nothing that is built, stored or hidden belongs to them.</summary>
internal static class Solution
{
    private static readonly string[] NotSource = ["bin", "obj", "TestResults", "node_modules"];

    /// <summary>The folder that holds Janus.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The projects of the house, by name; eng/ holds tools beside it.</summary>
    public static IReadOnlyDictionary<string, XDocument> Projects { get; } = new DirectoryInfo(Root).EnumerateDirectories("Janus.*")
        .SelectMany(room => room.EnumerateFiles("*.csproj"))
        .ToDictionary(file => Path.GetFileNameWithoutExtension(file.Name), file => XDocument.Load(file.FullName));

    /// <summary>Every folder that holds source, below the root.</summary>
    public static IReadOnlyList<DirectoryInfo> Folders { get; } = [.. FoldersBelow(new DirectoryInfo(Root))];

    /// <summary>The source files with one of the endings, by path from the root with forward slashes.</summary>
    public static IEnumerable<(string Path, string Text)> Files(params string[] endings) =>
        from folder in Folders.Prepend(new DirectoryInfo(Root))
        from file in folder.EnumerateFiles()
        where endings.Contains(file.Extension)
        select (Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'), File.ReadAllText(file.FullName));

    /// <summary>The built program of a project, in the configuration and framework of these tests.</summary>
    public static string ProgramOf(string project)
    {
        var framework = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return Path.Combine(Root, project, "bin", framework.Parent!.Name, framework.Name, $"{project}.dll");
    }

    private static IEnumerable<DirectoryInfo> FoldersBelow(DirectoryInfo folder) =>
        from inner in folder.EnumerateDirectories()
        where !inner.Name.StartsWith('.') && !NotSource.Contains(inner.Name)
        from found in FoldersBelow(inner).Prepend(inner)
        select found;

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Janus.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds Janus.sln.");
    }
}
