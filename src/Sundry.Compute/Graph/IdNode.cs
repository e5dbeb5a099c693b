namespace Sundry.Compute;

/// <summary>An input of a fixed number of ids a row.</summary>
public sealed class IdNode
{
    private readonly (int First, int Count)[] _limits;

    internal IdNode(Graph graph, string name, int index, int fields)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fields, 1);
        Graph = graph;
        Name = name;
        Index = index;
        Fields = fields;
        _limits = new (int, int)[fields];
    }

    /// <summary>The graph that it belongs to.</summary>
    public Graph Graph { get; }

    /// <summary>Its name, unique in the graph.</summary>
    public string Name { get; }

    /// <summary>Ids a row.</summary>
    public int Fields { get; }

    internal int Index { get; }

    /// <summary>Promises which rows of its table a field's ids are of. A scoring plan may compute beforehand what each of few rows comes to, and refuses ids that break the promise.</summary>
    /// <param name="field">The field, from 0.</param>
    /// <param name="first">The first of the rows.</param>
    /// <param name="count">How many they are.</param>
    public void Limit(int field, int first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)field, (uint)Fields);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _limits[field] = (first, count);
    }

    /// <summary>The rows that a field's ids are of; none where nobody has said so.</summary>
    internal (int First, int Count) LimitsOf(int field) => _limits[field];
}
