using System.Buffers;
using System.Runtime.CompilerServices;
using Sundry.Compute;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>
/// The embeddings of one scope. Fields of equal width share one table, each in a range of rows of its own, so that a row of a batch is one
/// gather; fields that name the same table share their range as well.
/// </summary>
internal sealed class FeatureInputs
{
    private readonly Layout _layout;
    private readonly Dictionary<int, Table> _tables = [];
    private readonly List<IdGroup> _groups = [];
    private readonly List<BagGroup> _bags = [];
    private readonly List<TextGroup> _texts = [];
    private readonly int _columns;
    private readonly bool _linear;

    /// <summary>Makes the tables and looks the features up.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="scope">What the inputs and tables are called by.</param>
    /// <param name="layout">The columns.</param>
    /// <param name="options">The model's options.</param>
    /// <param name="tasks">The tasks; what none of them has rows of is no input.</param>
    /// <param name="width">One width for all embeddings, whatever the options say, sequences being pooled; null to go by the options.</param>
    public FeatureInputs(Graph graph, string scope, Layout layout, ModelOptions options, IReadOnlyList<TaskSchema> tasks, int? width = null)
        : this(graph, scope, layout, options, tasks, width, null, 0, 1)
    {
    }

    private FeatureInputs(Graph graph, string scope, Layout layout, ModelOptions options, IReadOnlyList<TaskSchema> tasks, int? fixedWidth, FeatureInputs? first, int copy, int copies)
    {
        Name = copies == 1 ? scope : $"{scope}/{copy}";
        _layout = layout;
        _columns = layout.Ids.Count;
        _linear = fixedWidth is not null;
        // what no row of the tasks has is no input of theirs
        var all = Enumerable.Range(0, layout.Ids.Count).Where(i => layout.Has(layout.Ids[i].Feature, tasks)).ToArray();
        var ids = all.Where(i => layout.Ids[i].Vectors is null).ToArray();
        var bagged = Enumerable.Range(0, layout.Bags.Count).Where(i => layout.Has(layout.Bags[i].Feature, tasks)).ToArray();
        var pools = bagged.Where(i => layout.Bags[i].Text is null).ToArray();
        var ranges = new TableRanges(layout, ids, pools, fixedWidth, options.Embedding);
        var sequences = fixedWidth is null ? new SequenceInputs(layout, options, pools) : null;
        var embedded = new Dictionary<int, Node>();
        if (fixedWidth is null)
        {
            foreach (var column in all.Where(i => layout.Ids[i].Vectors is not null)) AddVectors(graph, column, layout.Ids[column].Vectors!, options);
            foreach (var bag in bagged.Where(i => layout.Bags[i].Text is not null)) embedded[bag] = AddText(graph, bag, layout.Bags[bag].Text!, options);
        }

        foreach (var width in ranges.Widths)
        {
            var rows = ranges.Rows(width);
            if (rows * copies > int.MaxValue)
                throw new InputException($"the features of embedding width {width} have {rows * copies} values together, more than {int.MaxValue}; raise 'min_count' or use 'hash'");
            // a weight of a linear part begins at 0, as one of a layer might
            var draw = fixedWidth is null ? Initializer.Normal(options.EmbeddingDeviation) : Initializer.Zeros;
            var table = _tables[width] = first?._tables[width]
                ?? graph.Table($"embedding/{scope}/{width}", (int)rows * copies, width, copies == 1 ? draw : Initializer.Copies(draw, copies, rows * width));
            var offset = (int)rows * copy;
            var columns = ids.Where(i => ranges.Width(layout.Ids[i]) == width).ToArray();
            if (columns.Length > 0)
            {
                var node = graph.Ids($"ids/{Name}/{width}", columns.Length);
                for (var c = 0; c < columns.Length; c++) node.Limit(c, offset + ranges.Start(layout.Ids[columns[c]]), layout.Ids[columns[c]].Rows);
                _groups.Add(new IdGroup(node, columns, [.. columns.Select(c => offset + ranges.Start(layout.Ids[c]))], table.Lookup(node), table));
            }

            foreach (var bag in pools.Where(i => ranges.Width(layout.Bags[i]) == width))
            {
                var field = layout.Bags[bag];
                if (sequences?.Reads(bag) == true) continue;
                var node = graph.Bag($"bag/{Name}/{field.Name}", weighted: field.Weights is not null);
                var mode = field.Pooling switch { Pooling.Sum => PoolingMode.Sum, Pooling.Max => PoolingMode.Max, _ => PoolingMode.Mean };
                _bags.Add(new BagGroup(node, bag, offset + ranges.Start(field)));
                embedded[bag] = table.Pool(node, mode);
            }
        }

        // a sequence may be held against any other feature, so that all of them come first
        foreach (var (lead, followers) in sequences?.Encoded ?? [])
        {
            Node? leader = null;
            BagNode? along = null;
            foreach (var bag in (int[])[lead, .. followers])
            {
                var field = layout.Bags[bag];
                var node = graph.Bag($"bag/{Name}/{field.Name}", along);
                along ??= node;
                var table = _tables[ranges.Width(field)];
                _bags.Add(new BagGroup(node, bag, (int)ranges.Rows(table.Width) * copy + ranges.Start(field)));
                var tokens = table.Tokens(node);
                if (leader is null) leader = tokens;
                else leader = leader.Add(tokens.Width == leader.Width ? tokens : tokens.Linear($"sequence/{Name}/{field.Name}/width", leader.Width, bias: false));
            }

            embedded[lead] = sequences!.Encode($"sequence/{Name}/{layout.Bags[lead].Name}", lead, leader!, name => Feature(name) is [var target] ? target : null);
        }

        Bags = [.. embedded.Select(bag => (bag.Key, bag.Value))];
    }

    /// <summary>The scope, with the number of the copy where there are several.</summary>
    public string Name { get; }

    /// <summary>As many embeddings of all features, alike at the start, in the same tables one behind the other.</summary>
    public static IReadOnlyList<FeatureInputs> Copies(Graph graph, string scope, Layout layout, ModelOptions options, IReadOnlyList<TaskSchema> tasks, int copies)
    {
        if (options.Sequences.FirstOrDefault(s => s.Value.Encoder != SequenceEncoding.Mean) is { Key: { } encoded })
            throw new InputException($"'{options.Architecture}' has features that begin alike for every task, and the encoders of '{encoded}' would not; remove it from model.sequences, or choose another architecture");
        var all = new List<FeatureInputs>();
        for (var copy = 0; copy < copies; copy++)
            all.Add(new FeatureInputs(graph, scope, layout, options, tasks, null, copy == 0 ? null : all[0], copy, copies));
        return all;
    }

    /// <summary>The embeddings of one feature; empty where it has none.</summary>
    public IReadOnlyList<Node> Feature(string name) =>
    [
        .. _groups.SelectMany(g => Enumerable.Range(0, g.Columns.Length).Where(i => _layout.Ids[g.Columns[i]].Feature == name)
            .Select(i => g.Embedded.Slice(i * g.Embedded.Width / g.Columns.Length, g.Embedded.Width / g.Columns.Length))),
        .. Bags.Where(b => _layout.Bags[b.Bag].Feature == name).Select(b => b.Embedded),
    ];

    /// <summary>What the features begin with, side by side.</summary>
    public IEnumerable<Node> Nodes => _groups.Select(g => g.Embedded).Concat(Bags.Select(b => b.Embedded));

    /// <summary>How many features each of <see cref="Nodes"/> holds.</summary>
    public IEnumerable<int> Counts => _groups.Select(g => g.Columns.Length).Concat(Bags.Select(_ => 1));

    private List<(int Bag, Node Embedded)> Bags { get; set; } = [];

    private Node AddText(Graph graph, int bag, TextField text, ModelOptions options)
    {
        var field = _layout.Bags[bag];
        var name = $"text/{Name}/{field.Name}";
        Node encoded;
        if (text.Train == TextTraining.Frozen)
        {
            var frozen = new FrozenText(graph, name, text);
            encoded = graph.Input(name, frozen.Width);
            _texts.Add(new TextGroup(encoded, bag, frozen));
        }
        else
        {
            var tokens = graph.Bag($"bag/{Name}/{field.Name}");
            encoded = TextTower.Build(graph, name, tokens, text, options.Dropout);
            _bags.Add(new BagGroup(tokens, bag, 0));
        }

        return field.Embedding is { } width ? encoded.Linear($"projection/{Name}/{field.Name}", width) : encoded;
    }

    // one table for all scopes: what is not trained is the same everywhere
    private void AddVectors(Graph graph, int column, VectorTable vectors, ModelOptions options)
    {
        var field = _layout.Ids[column];
        var name = $"vectors/{field.Name}";
        var table = graph.Tables.FirstOrDefault(t => t.Name == name)
            ?? graph.Table(name, field.Rows, vectors.Width, vectors.IsOpen ? Initializer.Rows(vectors.Read) : Initializer.Zeros, trainable: false);
        var node = graph.Ids($"ids/{Name}/{name}", 1);
        _groups.Add(new IdGroup(node, [column], [0], table.Lookup(node).Linear($"projection/{Name}/{field.Name}", field.Embedding ?? options.Embedding)));
    }

    /// <summary>The table of a column's embeddings and the row of its id 0; empty where it is no input, or has weights alone.</summary>
    public IEnumerable<(Table Table, int First)> RowsOf(int column) => _linear ? [] : _groups.Where(g => g.Table is not null && g.Columns.Contains(column)).Select(g => (g.Table!, g.Offsets[Array.IndexOf(g.Columns, column)]));

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

        foreach (var bag in _bags) bag.Fill(batch, _layout.Bags[bag.Bag].Weights, feed);
    }

    private sealed record IdGroup(IdNode Node, int[] Columns, int[] Offsets, Node Embedded, Table? Table = null);

    private sealed record TextGroup(Node Input, int Bag, FrozenText Text);

    // one network fills the plans of many threads at once, so that it keeps nothing of a batch
    private sealed record BagGroup(BagNode Node, int Bag, int Offset)
    {
        public void Fill<TFeed>(Batch batch, TermWeights? terms, TFeed feed)
            where TFeed : struct, IModelFeed
        {
            var offsets = batch.BagOffsets[Bag].AsSpan(0, batch.Count + 1);
            var count = offsets[^1];
            var rows = ArrayPool<int>.Shared.Rent(count);
            if (terms is null)
            {
                for (var i = 0; i < count; i++) rows[i] = batch.BagIds[Bag][i] + Offset;
                feed.SetBag(Node, offsets, rows.AsSpan(0, count), default);
            }
            else
            {
                Weigh(batch, terms, rows, feed);
            }

            ArrayPool<int>.Shared.Return(rows);
        }

        // each term of a row once, with its weight
        private void Weigh<TFeed>(Batch batch, TermWeights terms, int[] rows, TFeed feed)
            where TFeed : struct, IModelFeed
        {
            var offsets = batch.BagOffsets[Bag].AsSpan(0, batch.Count + 1);
            var (weights, ends) = (ArrayPool<float>.Shared.Rent(offsets[^1]), ArrayPool<int>.Shared.Rent(offsets.Length));
            ends[0] = 0;
            for (var row = 0; row < batch.Count; row++)
            {
                var (start, count) = (ends[row], offsets[row + 1] - offsets[row]);
                ends[row + 1] = start + terms.Weigh(batch.BagIds[Bag].AsSpan(offsets[row], count), rows.AsSpan(start, count), weights.AsSpan(start, count));
                for (var i = start; i < ends[row + 1]; i++) rows[i] += Offset;
            }

            var total = ends[batch.Count];
            feed.SetBag(Node, ends.AsSpan(0, offsets.Length), rows.AsSpan(0, total), weights.AsSpan(0, total));
            ArrayPool<float>.Shared.Return(weights);
            ArrayPool<int>.Shared.Return(ends);
        }
    }
}
