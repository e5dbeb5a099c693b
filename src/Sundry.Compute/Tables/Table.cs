namespace Sundry.Compute;

/// <summary>
/// An embedding table. What a step costs depends on the rows that its batch touches, never on the rows that the table holds.
/// </summary>
public sealed class Table
{
    internal Table(Graph graph, string name, int index, int rows, int width, Initializer initializer, bool trainable)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        Graph = graph;
        Name = name;
        Index = index;
        Rows = rows;
        Width = width;
        Initializer = initializer;
        Trainable = trainable;
    }

    /// <summary>The graph that it belongs to.</summary>
    public Graph Graph { get; }

    /// <summary>Its name, unique in the graph.</summary>
    public string Name { get; }

    /// <summary>Rows; ids run from 0 to <c>Rows − 1</c>.</summary>
    public int Rows { get; }

    /// <summary>Floats a row.</summary>
    public int Width { get; }

    /// <summary>How the first values are drawn.</summary>
    public Initializer Initializer { get; }

    /// <summary>False for rows that were made elsewhere and stay as they are; they are looked up, never pooled, and the optimiser keeps nothing for them.</summary>
    public bool Trainable { get; }

    internal int Index { get; }

    /// <summary>The embeddings of several ids a row, side by side: [rows, fields × width].</summary>
    /// <exception cref="ArgumentException">The ids belong to another graph.</exception>
    public Node Lookup(IdNode ids)
    {
        if (ids.Graph != Graph) throw new ArgumentException($"'{ids.Name}' belongs to another graph", nameof(ids));
        return Graph.Add(Trainable ? new LookupOp(this, ids) : new FixedLookupOp(this, ids));
    }

    /// <summary>The embeddings of a bag's ids, one row an id: [tokens, width]. What is made of them stays so until it is brought back to rows of the batch.</summary>
    /// <exception cref="ArgumentException">The bag belongs to another graph.</exception>
    public Node Tokens(BagNode bag)
    {
        if (bag.Graph != Graph) throw new ArgumentException($"'{bag.Name}' belongs to another graph", nameof(bag));
        return Graph.Add(Trainable ? new TokenLookupOp(this, bag) : new FixedTokenLookupOp(this, bag));
    }

    /// <summary>One embedding a row, pooled over a bag of ids: [rows, width]; an empty bag gives zeros. Of a weighted bag it is the sum of weight times embedding.</summary>
    /// <exception cref="ArgumentException">The bag belongs to another graph, or has weights and is not summed.</exception>
    public Node Pool(BagNode bag, PoolingMode mode)
    {
        if (bag.Graph != Graph) throw new ArgumentException($"'{bag.Name}' belongs to another graph", nameof(bag));
        if (bag.Weighted && mode != PoolingMode.Sum) throw new ArgumentException($"'{bag.Name}' has weights, of which only the sum is known", nameof(mode));
        if (!Trainable) throw new ArgumentException($"the rows of '{Name}' are not trained, and pooling trains them", nameof(bag));
        return Graph.Add(new PoolOp(this, bag, mode));
    }
}
