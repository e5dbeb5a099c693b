using System.Text;

namespace Sundry.Data;

/// <summary>
/// The categories of a catalogue with those above them, numbered for counters: in the order of the categories' own numbers, each before those above it, so that the numbers follow from the catalogue alone.
/// Of an item of several categories the first counts.
/// </summary>
/// <param name="categories">The catalogue's column; more may come.</param>
/// <param name="parents">Of each category the one above it, without a cycle.</param>
internal sealed class CategoryNodes(NamedColumn categories, IReadOnlyDictionary<string, string> parents)
{
    /// <summary>The number of a category that no event was about yet.</summary>
    public const int Unheard = int.MaxValue;

    private readonly Names _nodes = new();
    private readonly List<int[]> _paths = [];

    /// <summary>Numbers what has come. Nobody may read meanwhile.</summary>
    public void Grow()
    {
        while (_paths.Count < categories.Values.Count)
            _paths.Add([.. Path(categories.Values.Text(_paths.Count)).Select(name => _nodes.FindOrAdd(Encoding.UTF8.GetBytes(name)))]);
    }

    /// <summary>The numbers of an item's category and those above it; empty where it has none. It must have been numbered.</summary>
    public ReadOnlySpan<int> Of(int item) => item >= 0 && categories[item] is >= 0 and var category ? _paths[category] : default;

    /// <summary>The number of one of these; -1 where the item has no category.</summary>
    public int Of(int item, CategoryLevel level)
    {
        if (item < 0 || categories[item] is not (>= 0 and var category)) return -1;
        if (category < _paths.Count) return At(_paths[category], level);
        // one that came after the last event: those above it may be known
        return _nodes.Find(Encoding.UTF8.GetBytes(At([.. Path(categories.Values.Text(category))], level))) is >= 0 and var node ? node : Unheard;
    }

    private static T At<T>(T[] path, CategoryLevel level) => level switch
    {
        CategoryLevel.Own => path[0],
        CategoryLevel.Parent => path[Math.Min(1, path.Length - 1)],
        _ => path[^1],
    };

    private IEnumerable<string> Path(string category)
    {
        int end = category.IndexOf('|', StringComparison.Ordinal);
        var at = end < 0 ? category : category[..end].Trim();
        yield return at;
        while (parents.TryGetValue(at, out var above)) yield return at = above;
    }
}
