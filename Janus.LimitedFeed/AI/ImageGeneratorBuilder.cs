using System.Diagnostics.CodeAnalysis;

namespace Microsoft.Extensions.AI;

/// <summary>Wraps an image generator in decorators; the one that was added first is the outermost.</summary>
[Experimental("MEAI001")]
public sealed class ImageGeneratorBuilder
{
    private readonly Pipeline<IImageGenerator> _pipeline;

    /// <summary>Starts with a generator.</summary>
    public ImageGeneratorBuilder(IImageGenerator innerGenerator)
    {
        ArgumentNullException.ThrowIfNull(innerGenerator);
        _pipeline = new(_ => innerGenerator);
    }

    /// <summary>Starts with a generator that is made when the pipeline is built.</summary>
    public ImageGeneratorBuilder(Func<IServiceProvider, IImageGenerator> innerGeneratorFactory)
    {
        ArgumentNullException.ThrowIfNull(innerGeneratorFactory);
        _pipeline = new(innerGeneratorFactory);
    }

    /// <summary>Adds a decorator.</summary>
    public ImageGeneratorBuilder Use(Func<IImageGenerator, IImageGenerator> generatorFactory)
    {
        ArgumentNullException.ThrowIfNull(generatorFactory);
        return Use((generator, _) => generatorFactory(generator));
    }

    /// <summary>Adds a decorator that needs services.</summary>
    public ImageGeneratorBuilder Use(Func<IImageGenerator, IServiceProvider, IImageGenerator> generatorFactory)
    {
        ArgumentNullException.ThrowIfNull(generatorFactory);
        _pipeline.Add(generatorFactory);
        return this;
    }

    /// <summary>Builds the pipeline, without services unless they are given.</summary>
    public IImageGenerator Build(IServiceProvider? services = null) => _pipeline.Build(services);
}

/// <summary>Starts a pipeline from an image generator.</summary>
[Experimental("MEAI001")]
public static class ImageGeneratorBuilderImageGeneratorExtensions
{
    /// <summary>Starts a pipeline from this generator.</summary>
    public static ImageGeneratorBuilder AsBuilder(this IImageGenerator innerGenerator) => new(innerGenerator);
}
