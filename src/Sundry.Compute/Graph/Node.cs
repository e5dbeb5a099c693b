namespace Sundry.Compute;

/// <summary>
/// One value of a <see cref="Graph"/>: a matrix [rows, width], or [rows, groups, width / groups] where it holds several experts side by
/// side. Its rows are those of the batch, or <see cref="Tokens"/>. The operations on it stand beside their implementation, one file each.
/// </summary>
public sealed partial class Node
{
    internal Node(Graph graph, Op op, int index)
    {
        Graph = graph;
        Op = op;
        Index = index;
        Width = op.Width;
        Groups = op.Groups;
        NeedsGradient = op.NeedsGradient;
        Tokens = op.Tokens;
    }

    /// <summary>The graph that it belongs to.</summary>
    public Graph Graph { get; }

    /// <summary>Floats a row, all groups together.</summary>
    public int Width { get; }

    /// <summary>The number of groups (experts) that <see cref="Width"/> is divided into; 1 for a plain matrix.</summary>
    public int Groups { get; }

    /// <summary>
    /// The bag whose ids its rows stand for, one row an id in the order of the batch: values of the members of sequences, of which there are as many as there are ids, whatever
    /// the longest sequence. Null where its rows are those of the batch.
    /// </summary>
    public BagNode? Tokens { get; }

    internal Op Op { get; }

    internal int Index { get; }

    /// <summary>Whether a trained weight lies before it.</summary>
    internal bool NeedsGradient { get; }

    /// <inheritdoc/>
    public override string ToString() =>
        Groups == 1 ? $"{Op.GetType().Name} #{Index} [{Width}]" : $"{Op.GetType().Name} #{Index} [{Groups} × {Width / Groups}]";
}
