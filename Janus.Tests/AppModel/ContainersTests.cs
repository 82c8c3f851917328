using System.Xml.Linq;
using Janus.Tests.House;

namespace Janus.Tests.AppModel;

/// <summary>What the AppHost publishes about the images is what the images are: the two are written in different languages, and neither sees the other.</summary>
public sealed class ContainersTests
{
    private static readonly XDocument Images = XDocument.Load(Path.Combine(Solution.Root, "Directory.Build.targets"));

    [Theory]
    [InlineData("Janus.ApiService", Topology.Containers.ApiImage)]
    [InlineData("Janus.ContentWorker", Topology.Containers.WorkerImage)]
    [InlineData("Janus.Web", Topology.Containers.WebImage)]
    public void An_image_has_the_name_that_is_published(string project, string image) =>
        Solution.Projects[project].Descendants("ContainerRepository").ShouldHaveSingleItem().Value.ShouldBe(image);

    [Fact]
    public void Images_run_for_the_user_and_keep_their_data_in_the_folder_that_are_published()
    {
        Images.Descendants("ContainerUser").ShouldHaveSingleItem().Value.ShouldBe(Topology.Containers.User);
        var data = Images.Descendants("ContainerEnvironmentVariable").Single(variable => variable.Attribute("Include")!.Value == Topology.Variables.DataDirectory);
        data.Attribute("Value")!.Value.ShouldBe(Topology.Containers.DataDirectory);
    }

    [Fact]
    public void Nothing_but_Composing_needs_the_package_that_some_feeds_lack()
    {
        AppHostSource.OnDisk().Where(file => file.Value.Contains("using Aspire.Hosting.Docker", StringComparison.Ordinal) || file.Value.Contains("PublishAsDockerComposeService", StringComparison.Ordinal))
            .Select(file => file.Key).ShouldBe(["Composing.cs"]);
        Solution.Projects["Janus.AppHost"].Descendants("Compile").Select(item => (item.Attribute("Remove")?.Value, item.Parent!.Attribute("Condition")?.Value))
            .ShouldContain(("Composing.cs", "'$(JanusCompose)' != 'true'"));
    }
}
