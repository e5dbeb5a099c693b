namespace Sundry.Compute;

/// <summary>An input of any number of ids a row: offsets [rows + 1] into one list of ids.</summary>
public sealed class BagNode
{
    internal BagNode(Graph graph, string name, int index, BagNode? along, bool weighted)
    {
        Lead = along?.Lead ?? this;
        Graph = graph;
        Name = name;
        Index = index;
        Weighted = weighted;
    }

    /// <summary>The graph that it belongs to.</summary>
    public Graph Graph { get; }

    /// <summary>Its name, unique in the graph.</summary>
    public string Name { get; }

    /// <summary>Whether each id has a weight beside it, by which a pool multiplies its embedding.</summary>
    public bool Weighted { get; }

    /// <summary>The bag whose ids its own go along with, one by one; itself where it goes along with none.</summary>
    public BagNode Lead { get; }

    internal int Index { get; }
}
