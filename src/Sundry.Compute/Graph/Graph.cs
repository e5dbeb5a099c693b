namespace Sundry.Compute;

/// <summary>
/// A model as a static graph: nodes are made once, in topological order, and only the number of rows varies from run to run. Training
/// plans, inference plans and exports are walks over the same graph.
/// </summary>
public sealed class Graph
{
    private readonly List<Op> _ops = [];
    private readonly List<Parameter> _parameters = [];
    private readonly List<Table> _tables = [];
    private readonly List<IdNode> _ids = [];
    private readonly List<BagNode> _bags = [];
    private readonly List<Loss> _losses = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Every parameter, in the order of creation.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>Every embedding table, in the order of creation.</summary>
    public IReadOnlyList<Table> Tables => _tables;

    /// <summary>Every loss, in the order of creation.</summary>
    public IReadOnlyList<Loss> Losses => _losses;

    internal IReadOnlyList<Op> Ops => _ops;

    internal IReadOnlyList<IdNode> IdInputs => _ids;

    internal IReadOnlyList<BagNode> BagInputs => _bags;

    /// <summary>The number of trainable weights, embedding rows included.</summary>
    public long WeightCount => _parameters.Where(p => p.Trainable).Sum(p => (long)p.Length) + _tables.Where(t => t.Trainable).Sum(t => (long)t.Rows * t.Width);

    /// <summary>A dense input of <paramref name="width"/> floats a row.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public Node Input(string name, int width) => Add(new InputOp(this, Claim(name), width));

    /// <summary>An input of <paramref name="fields"/> ids a row; an id is a row of the table that it is looked up in.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public IdNode Ids(string name, int fields)
    {
        var node = new IdNode(this, Claim(name), _ids.Count, fields);
        _ids.Add(node);
        return node;
    }

    /// <summary>An input of any number of ids a row, given as offsets and ids.</summary>
    /// <param name="name">Its name, unique in the graph.</param>
    /// <param name="along">A bag that holds as many ids in every row, such as the items whose categories this one holds; null for none.</param>
    /// <param name="weighted">Whether each id comes with a weight.</param>
    /// <exception cref="ArgumentException">The name is taken, or the other bag belongs to another graph.</exception>
    public BagNode Bag(string name, BagNode? along = null, bool weighted = false)
    {
        if (along is not null && along.Graph != this) throw new ArgumentException($"'{along.Name}' belongs to another graph", nameof(along));
        var node = new BagNode(this, Claim(name), _bags.Count, along, weighted);
        _bags.Add(node);
        return node;
    }

    /// <summary>A matrix of <paramref name="rows"/> × <paramref name="columns"/> trained weights.</summary>
    /// <param name="name">Its name, unique in the graph; the seed and the name alone decide the first values.</param>
    /// <param name="rows">Rows; for a linear layer its inputs.</param>
    /// <param name="columns">Columns; for a linear layer its outputs.</param>
    /// <param name="initializer">How the first values are drawn.</param>
    /// <param name="trainable">False for state that the optimiser leaves alone, such as running statistics.</param>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public Parameter Parameter(string name, int rows, int columns, Initializer initializer, bool trainable = true)
    {
        var last = _parameters.Count == 0 ? null : _parameters[^1];
        var offset = last is null ? 0 : last.Offset + AlignedBlock.Round(last.Length);
        var parameter = new Parameter(Claim(name), _parameters.Count, rows, columns, initializer, trainable, offset);
        _parameters.Add(parameter);
        return parameter;
    }

    /// <summary>An embedding table of <paramref name="rows"/> × <paramref name="width"/> weights.</summary>
    /// <param name="name">Its name, unique in the graph.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="width">Floats a row.</param>
    /// <param name="initializer">How the first values are drawn.</param>
    /// <param name="trainable">False for rows that were made elsewhere and stay as they are.</param>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public Table Table(string name, int rows, int width, Initializer initializer, bool trainable = true)
    {
        var table = new Table(this, Claim(name), _tables.Count, rows, width, initializer, trainable);
        _tables.Add(table);
        return table;
    }

    internal Node Add(Op op)
    {
        foreach (var input in op.Inputs)
            if (input.Graph != this)
                throw new ArgumentException($"'{input}' belongs to another graph");
        if (!op.CrossesLevels && op.Inputs.FirstOrDefault(input => input.Tokens != op.Inputs[0].Tokens) is { } other)
            throw new ArgumentException($"'{op.Inputs[0]}' and '{other}' do not have the same rows");
        var node = new Node(this, op, _ops.Count);
        _ops.Add(op);
        op.Output = node;
        return node;
    }

    internal Loss Add(Loss loss)
    {
        loss.Index = _losses.Count;
        _losses.Add(loss);
        return loss;
    }

    /// <summary>The length of the block that holds every parameter, in floats.</summary>
    internal long ParameterBlockLength => _parameters.Count == 0 ? 0 : _parameters[^1].Offset + AlignedBlock.Round(_parameters[^1].Length);

    private string Claim(string name) =>
        _names.Add(name) ? name : throw new ArgumentException($"the graph already has something named '{name}'", nameof(name));
}
