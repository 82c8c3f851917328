namespace Microsoft.Extensions.AI;

/// <summary>Decorators around an inner client, the first that was added outermost.</summary>
internal sealed class Pipeline<T>(Func<IServiceProvider, T> inner)
    where T : class
{
    private readonly List<Func<T, IServiceProvider, T>> _decorators = [];

    public void Add(Func<T, IServiceProvider, T> decorator) => _decorators.Add(decorator);

    public T Build(IServiceProvider? services)
    {
        var given = services ?? NoServices.Instance;
        return _decorators.AsEnumerable().Reverse().Aggregate(inner(given), (client, decorate) =>
            decorate(client, given) ?? throw new InvalidOperationException($"A decorator of {typeof(T).Name} gave null."));
    }

    private sealed class NoServices : IServiceProvider
    {
        public static readonly NoServices Instance = new();

        public object? GetService(Type serviceType) => null;
    }
}
