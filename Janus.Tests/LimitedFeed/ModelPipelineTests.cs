using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

#pragma warning disable MEAI001 // Pictures have no stable interface yet; Janus.Generation says so too.

namespace Janus.Tests.LimitedFeed;

/// <summary>What Janus expects of Microsoft.Extensions.AI, whether the package or its stand-in provides it.</summary>
public sealed class ModelPipelineTests
{
    [Fact]
    public async Task The_decorator_that_was_added_first_is_the_outermost()
    {
        var order = new List<string>();
        using var client = new Answering().AsBuilder()
            .Use(inner => new Noting(inner, "first", order))
            .Use(inner => new Noting(inner, "second", order))
            .Build();

        (await client.GetResponseAsync("hello")).Text.ShouldBe("answer");

        order.ShouldBe(["first", "second"]);
    }

    [Fact]
    public void Decorators_and_inner_client_are_given_the_services()
    {
        using var services = new ServiceCollection().AddSingleton(new List<string>()).BuildServiceProvider();

        IServiceProvider? seen = null;

        using var client = new ChatClientBuilder(given =>
            {
                seen = given;
                return new Answering();
            })
            .Use((inner, given) => new Noting(inner, "only", given.GetRequiredService<List<string>>()))
            .Build(services);

        client.ShouldBeOfType<Noting>();
        seen.ShouldBe(services);
    }

    [Fact]
    public void A_pipeline_without_services_offers_none()
    {
        object? found = "unset";

        new Answering().AsBuilder().Use((inner, given) =>
        {
            found = given.GetService(typeof(List<string>));
            return inner;
        }).Build().Dispose();

        found.ShouldBeNull();
    }

    [Fact]
    public void A_decorator_that_gives_null_is_a_fault() =>
        Should.Throw<InvalidOperationException>(() => new Answering().AsBuilder().Use(_ => null!).Build());

    [Fact]
    public void Pictures_are_decorated_in_the_same_way()
    {
        using var inner = new Drawing();
        var decorated = new List<IImageGenerator>();

        using var generator = inner.AsBuilder()
            .Use(next => Remember(new Drawing(), next))
            .Use((next, _) => Remember(new Drawing(), next))
            .Build();

        decorated.Count.ShouldBe(2);
        decorated[0].ShouldBe(inner);
        decorated[1].ShouldNotBe(generator);

        Drawing Remember(Drawing outer, IImageGenerator next)
        {
            decorated.Add(next);
            return outer;
        }
    }

    private sealed class Noting(IChatClient inner, string name, List<string> order) : DelegatingChatClient(inner)
    {
        public override Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            order.Add(name);
            return base.GetResponseAsync(messages, options, cancellationToken);
        }
    }

    private sealed class Answering : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "answer")));

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }

    private sealed class Drawing : IImageGenerator
    {
        public Task<ImageGenerationResponse> GenerateAsync(
            ImageGenerationRequest request, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new ImageGenerationResponse());

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
