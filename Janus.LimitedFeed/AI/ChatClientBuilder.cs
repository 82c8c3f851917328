namespace Microsoft.Extensions.AI;

/// <summary>Wraps a chat client in decorators; the one that was added first is the outermost.</summary>
public sealed class ChatClientBuilder
{
    private readonly Pipeline<IChatClient> _pipeline;

    /// <summary>Starts with a client.</summary>
    public ChatClientBuilder(IChatClient innerClient)
    {
        ArgumentNullException.ThrowIfNull(innerClient);
        _pipeline = new(_ => innerClient);
    }

    /// <summary>Starts with a client that is made when the pipeline is built.</summary>
    public ChatClientBuilder(Func<IServiceProvider, IChatClient> innerClientFactory)
    {
        ArgumentNullException.ThrowIfNull(innerClientFactory);
        _pipeline = new(innerClientFactory);
    }

    /// <summary>Adds a decorator.</summary>
    public ChatClientBuilder Use(Func<IChatClient, IChatClient> clientFactory)
    {
        ArgumentNullException.ThrowIfNull(clientFactory);
        return Use((client, _) => clientFactory(client));
    }

    /// <summary>Adds a decorator that needs services.</summary>
    public ChatClientBuilder Use(Func<IChatClient, IServiceProvider, IChatClient> clientFactory)
    {
        ArgumentNullException.ThrowIfNull(clientFactory);
        _pipeline.Add(clientFactory);
        return this;
    }

    /// <summary>Builds the pipeline, without services unless they are given.</summary>
    public IChatClient Build(IServiceProvider? services = null) => _pipeline.Build(services);
}

/// <summary>Starts a pipeline from a chat client.</summary>
public static class ChatClientBuilderChatClientExtensions
{
    /// <summary>Starts a pipeline from this client.</summary>
    public static ChatClientBuilder AsBuilder(this IChatClient innerClient) => new(innerClient);
}
