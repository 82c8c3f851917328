using System.Reflection;

namespace Janus.Tests.House;

/// <summary>A folder is a feature and a type is one of the field's words.</summary>
public sealed class NamesTests
{
    private static readonly string[] NoFeature = ["Models", "Helpers", "Utils", "Utilities", "Managers", "Common", "Misc"];
    private static readonly string[] NoWord = ["Manager", "Helper", "Helpers", "Util", "Utils", "Impl"];

    [Fact]
    public void No_folder_is_named_for_a_layer() =>
        Solution.Folders.Where(folder => NoFeature.Contains(folder.Name, StringComparer.OrdinalIgnoreCase))
            .Select(folder => folder.FullName)
            .ShouldBeEmpty();

    [Fact]
    public void No_type_is_named_for_having_no_name()
    {
        var assemblies = Directory.EnumerateFiles(AppContext.BaseDirectory, "Janus.*.dll")
            .Select(Path.GetFileNameWithoutExtension)
            .Select(name => Assembly.Load(name!))
            .ToList();

        assemblies.Count.ShouldBeGreaterThan(5);
        assemblies.SelectMany(assembly => assembly.GetTypes())
            .Where(type => !type.FullName!.Contains('<', StringComparison.Ordinal)) // Written by a compiler or a generator.
            .Select(type => type.Name.Split('`')[0])
            .Where(name => NoWord.Any(word => name.EndsWith(word, StringComparison.Ordinal)))
            .ShouldBeEmpty();
    }
}
