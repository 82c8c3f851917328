using Janus.Contracts;

namespace Janus.Web.Components.Deciding;

/// <summary>The posts that a person has selected on a page.</summary>
internal sealed class PostSelection
{
    private readonly HashSet<int> _keys = [];

    /// <summary>Whether nothing is selected.</summary>
    public bool IsEmpty => _keys.Count == 0;

    /// <summary>Whether a post is selected.</summary>
    public bool Has(int pk) => _keys.Contains(pk);

    /// <summary>Selects a post, or no longer.</summary>
    public void Toggle(int pk)
    {
        if (!_keys.Remove(pk))
            _keys.Add(pk);
    }

    /// <summary>Selects posts beside those that are.</summary>
    public void Add(IEnumerable<int> keys) => _keys.UnionWith(keys);

    /// <summary>Selects these and no other.</summary>
    public void Only(IEnumerable<int> keys)
    {
        _keys.Clear();
        _keys.UnionWith(keys);
    }

    /// <summary>Selects nothing.</summary>
    public void Clear() => _keys.Clear();

    /// <summary>The selected ones of these posts, as they are now, in their order.</summary>
    public IReadOnlyList<GraphNodeDto> Among(IReadOnlyList<GraphNodeDto> posts) => [.. posts.Where(post => _keys.Contains(post.Pk))];
}
