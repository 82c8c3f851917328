namespace Janus.Web.Canvas.Layout;

/// <summary>What comes before what inside one phase, without cycles, and how the phase fills a number of columns.</summary>
internal sealed class PhaseOrder
{
    private readonly List<int> _sorted = [];
    private readonly Dictionary<int, List<int>> _before;
    private readonly Dictionary<int, int> _longestWayOn;

    public PhaseOrder(PostGraph graph, int phase)
    {
        var members = Enumerable.Range(0, graph.Posts.Count).Where(post => graph.Posts[post].Phase == phase).ToList();
        _before = members.ToDictionary(post => post, _ => new List<int>());
        foreach (var (from, to) in graph.Links)
        {
            if (from != to && _before.ContainsKey(from) && _before.TryGetValue(to, out var earlier))
                earlier.Add(from);
        }

        Sort(members);
        _longestWayOn = members.ToDictionary(post => post, _ => 0);
        foreach (var post in Enumerable.Reverse(_sorted))
        {
            foreach (var earlier in _before[post])
                _longestWayOn[earlier] = Math.Max(_longestWayOn[earlier], _longestWayOn[post] + 1);
        }
    }

    /// <summary>How many posts the phase has.</summary>
    public int Count => _sorted.Count;

    /// <summary>
    /// Deals the posts to columns from the left so that a link leads to a column further right where there is room for that, stays
    /// inside a column where there is not, and leads back only if it closes a cycle.
    /// </summary>
    /// <param name="columns">How many columns, at least 1.</param>
    /// <returns>Pairs of a post's place in the plan and its column within the phase.</returns>
    public IReadOnlyDictionary<int, int> Fill(int columns)
    {
        var room = (Count + columns - 1) / columns;
        var columnOf = new Dictionary<int, int>();
        for (var column = 0; column < columns; column++)
        {
            var open = _sorted.Where(post => !columnOf.ContainsKey(post)).ToList();

            // The longest ways on go first: they need the most columns to their right.
            var ready = open.Where(post => _before[post].TrueForAll(columnOf.ContainsKey))
                .OrderByDescending(post => _longestWayOn[post]).ThenBy(post => post);
            List<int> taken = [.. ready.Take(room)];

            // As many more as the columns to come cannot hold. In sorted order, so that none overtakes a post that leads to it.
            var least = open.Count - (room * (columns - column - 1));
            taken.AddRange(open.Except(taken).Take(Math.Max(0, least - taken.Count)).ToList());
            foreach (var post in taken)
                columnOf[post] = column;
        }

        return columnOf;
    }

    // Takes whichever post waits for no other, the first in the plan before the rest. Where all wait for each other there is a cycle:
    // the first in the plan goes on, and the links back to it are forgotten here.
    private void Sort(List<int> members)
    {
        var waiting = new SortedSet<int>(members);
        while (waiting.Count > 0)
        {
            var next = waiting.FirstOrDefault(post => !_before[post].Exists(waiting.Contains), waiting.Min);
            _before[next].RemoveAll(waiting.Contains);
            waiting.Remove(next);
            _sorted.Add(next);
        }
    }
}
