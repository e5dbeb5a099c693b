namespace Sundry.Compute;

/// <summary>An input of a fixed number of ids a row.</summary>
public sealed class IdNode
{
    internal IdNode(Graph graph, string name, int index, int fields)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fields, 1);
        Graph = graph;
        Name = name;
        Index = index;
        Fields = fields;
    }

    /// <summary>The graph that it belongs to.</summary>
    public Graph Graph { get; }

    /// <summary>Its name, unique in the graph.</summary>
    public string Name { get; }

    /// <summary>Ids a row.</summary>
    public int Fields { get; }

    internal int Index { get; }
}
