using Janus.Generation;
using Janus.Generation.Sample;
using Janus.Tests.Generation;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace Janus.Tests.Pictures;

/// <summary>The picture agent and the sample studio, as the services wire them.</summary>
internal static class Drawing
{
    public static MediaCreator Agent(IImageGenerator generator) => new(generator, Prices.OfToday);

    public static SampleImageGenerator Studio(int seed, TimeSpan latency) =>
        new(Options.Create(new SampleOptions { Seed = seed, PictureLatency = latency }), TimeProvider.System);
}
