using System.Runtime.CompilerServices;
using Sundry.Compute;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>
/// The embeddings of one scope. Fields of equal width share one table, each in a range of rows of its own, so that a row of a batch is one
/// gather.
/// </summary>
internal sealed class FeatureInputs
{
    private readonly Layout _layout;
    private readonly Dictionary<int, Table> _tables = [];
    private readonly List<IdGroup> _groups = [];
    private readonly List<BagGroup> _bags = [];
    private readonly List<TextGroup> _texts = [];
    private readonly int _columns;

    public FeatureInputs(Graph graph, string scope, Layout layout, ModelOptions options, IReadOnlyList<TaskSchema> tasks)
        : this(graph, scope, layout, options, tasks, null, 0, 1)
    {
    }

    private FeatureInputs(Graph graph, string scope, Layout layout, ModelOptions options, IReadOnlyList<TaskSchema> tasks, FeatureInputs? first, int copy, int copies)
    {
        _layout = layout;
        _columns = layout.Ids.Count;
        // what no row of the tasks has is no input of theirs
        var all = Enumerable.Range(0, layout.Ids.Count).Where(i => layout.Has(layout.Ids[i].Feature, tasks)).ToArray();
        var ids = all.Where(i => layout.Ids[i].Vectors is null).ToArray();
        var bagged = Enumerable.Range(0, layout.Bags.Count).Where(i => layout.Has(layout.Bags[i].Feature, tasks)).ToArray();
        var pools = bagged.Where(i => layout.Bags[i].Text is null).ToArray();
        Scope = copies == 1 ? scope : $"{scope}/{copy}";
        foreach (var column in all.Where(i => layout.Ids[i].Vectors is not null)) AddVectors(graph, column, layout.Ids[column].Vectors!, options);
        foreach (var bag in bagged.Where(i => layout.Bags[i].Text is not null)) AddText(graph, bag, layout.Bags[bag].Text!, options);
        var widths = ids.Select(i => layout.Ids[i].Embedding ?? options.Embedding).Concat(pools.Select(i => layout.Bags[i].Embedding ?? options.Embedding)).Distinct().Order().ToArray();
        foreach (var width in widths)
        {
            var columns = ids.Where(i => (layout.Ids[i].Embedding ?? options.Embedding) == width).ToArray();
            var bags = pools.Where(i => (layout.Bags[i].Embedding ?? options.Embedding) == width).ToArray();
            var rows = columns.Sum(c => (long)layout.Ids[c].Rows) + bags.Sum(b => (long)layout.Bags[b].Rows);
            if (rows * copies > int.MaxValue)
                throw new InputException($"the features of embedding width {width} have {rows * copies} values together, more than {int.MaxValue}; raise 'min_count' or use 'hash'");
            var draw = Initializer.Normal(options.EmbeddingDeviation);
            var table = _tables[width] = first?._tables[width]
                ?? graph.Table($"embedding/{scope}/{width}", (int)rows * copies, width, copies == 1 ? draw : Initializer.Copies(draw, copies, rows * width));
            var offset = (int)rows * copy;
            if (columns.Length > 0)
            {
                var offsets = new int[columns.Length];
                for (var i = 0; i < columns.Length; i++)
                {
                    offsets[i] = offset;
                    offset += layout.Ids[columns[i]].Rows;
                }

                var node = graph.Ids($"ids/{Scope}/{width}", columns.Length);
                _groups.Add(new IdGroup(node, columns, offsets, table.Lookup(node)));
            }

            foreach (var bag in bags)
            {
                var field = layout.Bags[bag];
                var node = graph.Bag($"bag/{Scope}/{field.Name}", weighted: field.Weights is not null);
                var mode = field.Pooling switch { Pooling.Sum => PoolingMode.Sum, Pooling.Max => PoolingMode.Max, _ => PoolingMode.Mean };
                _bags.Add(new BagGroup(node, bag, offset, table.Pool(node, mode)));
                offset += field.Rows;
            }
        }
    }

    /// <summary>As many embeddings of all features, alike at the start, in the same tables one behind the other.</summary>
    public static IReadOnlyList<FeatureInputs> Copies(Graph graph, string scope, Layout layout, ModelOptions options, IReadOnlyList<TaskSchema> tasks, int copies)
    {
        var all = new List<FeatureInputs>();
        for (var copy = 0; copy < copies; copy++)
            all.Add(new FeatureInputs(graph, scope, layout, options, tasks, copy == 0 ? null : all[0], copy, copies));
        return all;
    }

    /// <summary>What its inputs and projections are called by.</summary>
    public string Scope { get; }

    /// <summary>The embeddings of one feature; empty where it has none.</summary>
    public IReadOnlyList<Node> Feature(string name) =>
    [
        .. _groups.SelectMany(g => Enumerable.Range(0, g.Columns.Length).Where(i => _layout.Ids[g.Columns[i]].Feature == name)
            .Select(i => g.Embedded.Slice(i * g.Embedded.Width / g.Columns.Length, g.Embedded.Width / g.Columns.Length))),
        .. _bags.Where(b => _layout.Bags[b.Bag].Feature == name).Select(b => b.Embedded),
        .. _texts.Where(t => _layout.Bags[t.Bag].Feature == name).Select(t => t.Embedded),
    ];

    /// <summary>What the features begin with, side by side.</summary>
    public IEnumerable<Node> Nodes => _groups.Select(g => g.Embedded).Concat(_bags.Select(b => b.Embedded)).Concat(_texts.Select(t => t.Embedded));

    private void AddText(Graph graph, int bag, TextField text, ModelOptions options)
    {
        var field = _layout.Bags[bag];
        var name = $"text/{Scope}/{field.Name}";
        Node encoded;
        if (text.Train == TextTraining.Frozen)
        {
            var frozen = new FrozenText(graph, name, text);
            encoded = graph.Input(name, frozen.Width);
            _texts.Add(new TextGroup(encoded, bag, frozen));
        }
        else
        {
            var tokens = graph.Bag($"bag/{Scope}/{field.Name}");
            encoded = TextTower.Build(graph, name, tokens, text, options.Dropout);
            _bags.Add(new BagGroup(tokens, bag, 0, encoded));
        }

        if (field.Embedding is not { } width) return;
        var projected = encoded.Linear($"projection/{Scope}/{field.Name}", width);
        if (text.Train == TextTraining.Frozen) _texts[^1] = _texts[^1] with { Embedded = projected };
        else _bags[^1] = _bags[^1] with { Embedded = projected };
    }

    // one table for all scopes: what is not trained is the same everywhere
    private void AddVectors(Graph graph, int column, VectorTable vectors, ModelOptions options)
    {
        var field = _layout.Ids[column];
        var name = $"vectors/{field.Name}";
        var table = graph.Tables.FirstOrDefault(t => t.Name == name)
            ?? graph.Table(name, field.Rows, vectors.Width, vectors.IsOpen ? Initializer.Rows(vectors.Read) : Initializer.Zeros, trainable: false);
        var node = graph.Ids($"ids/{Scope}/{name}", 1);
        _groups.Add(new IdGroup(node, [column], [0], table.Lookup(node).Linear($"projection/{Scope}/{field.Name}", field.Embedding ?? options.Embedding)));
    }

    /// <summary>Adds the inputs of the named columns to what is shared by the rows of a batch.</summary>
    public void Share(SharedInputs shared, IReadOnlyCollection<string> columns)
    {
        foreach (var group in _groups)
            for (var i = 0; i < group.Columns.Length; i++)
                if (columns.Contains(_layout.Ids[group.Columns[i]].Name))
                    shared.Add(group.Node, i);
        foreach (var bag in _bags)
            if (columns.Contains(_layout.Bags[bag.Bag].Name))
                shared.Add(bag.Node);
        foreach (var text in _texts)
            for (var i = 0; columns.Contains(_layout.Bags[text.Bag].Name) && i < text.Input.Width; i++)
                shared.Add(text.Input, i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill<TFeed>(Batch batch, TFeed feed)
        where TFeed : struct, IModelFeed
    {
        foreach (var group in _groups)
        {
            var target = feed.Ids(group.Node);
            var at = 0;
            for (var row = 0; row < batch.Count; row++)
            {
                var ids = batch.Ids.AsSpan(row * _columns, _columns);
                for (var i = 0; i < group.Columns.Length; i++)
                    target[at++] = ids[group.Columns[i]] + group.Offsets[i];
            }
        }

        foreach (var text in _texts)
            text.Text.Encode(feed.Store, batch.BagOffsets[text.Bag].AsSpan(0, batch.Count + 1), batch.BagIds[text.Bag], feed.Dense(text.Input));

        foreach (var bag in _bags)
        {
            if (_layout.Bags[bag.Bag].Weights is { } weights)
            {
                bag.Weigh(batch, weights, feed);
                continue;
            }

            var offsets = batch.BagOffsets[bag.Bag].AsSpan(0, batch.Count + 1);
            var count = offsets[^1];
            if (bag.Shifted.Length < count) bag.Shifted = new int[count * 2];
            for (var i = 0; i < count; i++)
                bag.Shifted[i] = batch.BagIds[bag.Bag][i] + bag.Offset;
            feed.SetBag(bag.Node, offsets, bag.Shifted.AsSpan(0, count), default);
        }
    }

    private sealed record IdGroup(IdNode Node, int[] Columns, int[] Offsets, Node Embedded);

    private sealed record TextGroup(Node Input, int Bag, FrozenText Text)
    {
        public Node Embedded { get; init; } = Input;
    }

    private sealed record BagGroup(BagNode Node, int Bag, int Offset, Node Embedded)
    {
        private int[] _ends = [];
        private float[] _weights = [];

        public int[] Shifted { get; set; } = [];

        /// <summary>Each term of a row once, with its weight.</summary>
        public void Weigh<TFeed>(Batch batch, TermWeights terms, TFeed feed)
            where TFeed : struct, IModelFeed
        {
            var offsets = batch.BagOffsets[Bag].AsSpan(0, batch.Count + 1);
            if (Shifted.Length < offsets[^1]) (Shifted, _weights) = (new int[offsets[^1] * 2], new float[offsets[^1] * 2]);
            if (_ends.Length <= batch.Count) _ends = new int[batch.Count + 1];
            for (var row = 0; row < batch.Count; row++)
            {
                var (start, count) = (_ends[row], offsets[row + 1] - offsets[row]);
                _ends[row + 1] = start + terms.Weigh(batch.BagIds[Bag].AsSpan(offsets[row], count), Shifted.AsSpan(start, count), _weights.AsSpan(start, count));
                for (var i = start; i < _ends[row + 1]; i++) Shifted[i] += Offset;
            }

            var total = _ends[batch.Count];
            feed.SetBag(Node, _ends.AsSpan(0, batch.Count + 1), Shifted.AsSpan(0, total), _weights.AsSpan(0, total));
        }
    }
}
