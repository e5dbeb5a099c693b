namespace Sundry.Compute;

/// <summary>
/// What is the same for every row of a scoring call: of the inputs named here only the first row is read. A request's user and context are
/// shared by its candidates, and what depends on them alone is then computed once a call.
/// </summary>
public sealed class SharedInputs
{
    private readonly Dictionary<IdNode, bool[]> _ids = [];
    private readonly Dictionary<Node, bool[]> _dense = [];
    private readonly HashSet<BagNode> _bags = [];

    /// <summary>Adds one field of an id input.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The input has no such field.</exception>
    public void Add(IdNode ids, int field)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)field, (uint)ids.Fields, nameof(field));
        if (!_ids.TryGetValue(ids, out var fields)) _ids[ids] = fields = new bool[ids.Fields];
        fields[field] = true;
    }

    /// <summary>Adds one column of a dense input.</summary>
    /// <exception cref="ArgumentException">The node is no input, or has no such column.</exception>
    public void Add(Node input, int column)
    {
        if (input.Op is not InputOp) throw new ArgumentException($"'{input}' is not an input", nameof(input));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)input.Width, nameof(column));
        if (!_dense.TryGetValue(input, out var columns)) _dense[input] = columns = new bool[input.Width];
        columns[column] = true;
    }

    /// <summary>Adds a bag.</summary>
    public void Add(BagNode bag) => _bags.Add(bag);

    internal Dictionary<IdNode, bool[]> Ids => _ids;

    internal Dictionary<Node, bool[]> Dense => _dense;

    internal bool Has(BagNode bag) => _bags.Contains(bag);
}
