using Sundry.Compute;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>Makes the parts that architectures are written in, by the model's options.</summary>
public sealed class Builder
{
    private readonly Layout _layout;
    private readonly List<Gate> _gates = [];
    private readonly List<FeatureInputs> _inputs = [];
    private readonly Dictionary<Node, IReadOnlyList<string>> _expertNames = [];
    private readonly Dictionary<string, Node> _features = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Node> _labels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Node> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _reading = new(StringComparer.Ordinal);
    private readonly List<(string Name, Node Value, double Weight)> _terms = [];
    private readonly IReadOnlyList<TaskSchema> _tasks;
    private readonly Interactions _interactions;
    private readonly Dictionary<string, Node> _fields = new(StringComparer.Ordinal);
    private Node? _numbers;
    private readonly Dictionary<string, IReadOnlyList<Node>> _pieces = new(StringComparer.Ordinal);
    private Node? _plainNumbers;
    private Node? _rowShare;
    private (IdNode Node, int Column)? _scenario;

    /// <summary>Starts an empty graph for the given columns.</summary>
    /// <param name="layout">The columns.</param>
    /// <param name="options">The model's options.</param>
    /// <param name="tasks">The tasks to learn; null for the layout's.</param>
    public Builder(Layout layout, ModelOptions options, IReadOnlyList<TaskSchema>? tasks = null)
    {
        _layout = layout;
        _tasks = tasks ?? layout.Tasks;
        Options = options;
        _interactions = new Interactions(Graph, options);
    }

    /// <summary>The model's options.</summary>
    public ModelOptions Options { get; }

    /// <summary>The graph under construction.</summary>
    public Graph Graph { get; } = new();

    /// <summary>The gates made so far.</summary>
    public IReadOnlyList<Gate> Gates => _gates;

    // a list, not an interface: enumerating it for each batch allocates nothing
    internal List<FeatureInputs> Inputs => _inputs;

    internal Node? Numbers => _numbers;

    /// <summary>
    /// Every feature of a row side by side, [rows, Σ embedding widths + numbers]: embedded ids, pooled bags, numbers. Another
    /// <paramref name="scope"/> has embedding tables of its own.
    /// </summary>
    public Node Features(string scope = "shared")
    {
        if (_features.TryGetValue(scope, out var known)) return known;
        return _features[scope] = All(new FeatureInputs(Graph, scope, _layout, Options, _tasks));
    }

    /// <summary>Every feature once a task, each with embeddings of its own that begin alike.</summary>
    public IReadOnlyList<Node> FeaturesOfEach(IReadOnlyList<string> tasks) =>
        tasks.Count == 1 ? [Features(tasks[0])] : [.. FeatureInputs.Copies(Graph, "each", _layout, Options, _tasks, tasks.Count).Select(All)];

    /// <summary>The shared embeddings of one feature, side by side: [rows, width].</summary>
    /// <exception cref="InputException">There is no such feature, or it is a number without buckets.</exception>
    public Node Feature(string name)
    {
        Features();
        ReadsRows = true;
        var parts = _inputs[0].Feature(name);
        if (parts.Count > 0) return parts[0].Concat(parts.Skip(1).ToList());
        var names = _layout.Ids.Select(f => f.Feature).Concat(_layout.Bags.Select(f => f.Feature)).Distinct().ToList();
        throw new InputException($"there is no feature '{name}' with embeddings{NearestName.Ask(name, names)} (they are {string.Join(", ", names)})");
    }

    private Node All(FeatureInputs inputs)
    {
        _inputs.Add(inputs);
        List<Node> parts = [.. inputs.Nodes.Select(embedded => embedded.Noise(Options.EmbeddingNoise))];
        parts.AddRange(Pieces(inputs.Name));
        if (PlainNumbers is { } numbers) parts.Add(numbers.Noise(Options.Noise));
        if (parts.Count == 0) throw new InputException("no feature is left to learn from; name at least one under 'features' or exclude fewer columns");
        return _interactions.Read(inputs.Name, parts[0].Concat(parts[1..]).Mixup(Options.Mixup), () => Fields(inputs));
    }

    /// <summary>Whether interactions are all there is to the model: no layer is asked for, and nothing for one to read.</summary>
    internal bool IsFlat => _interactions.AreAll;

    // the embeddings of a scope as groups; what interactions say of rows mixed of two is not known
    private Node Fields(FeatureInputs inputs)
    {
        if (_fields.TryGetValue(inputs.Name, out var known)) return known;
        ReadsRows = true;
        var pieces = Pieces(inputs.Name);
        return _fields[inputs.Name] = _interactions.Fields(inputs.Name, [.. inputs.Nodes, .. pieces], [.. inputs.Counts, .. pieces.Select(_ => 1)], PlainNumbers);
    }

    private Node? AllNumbers => _layout.Numbers.Count == 0 ? null : _numbers ??= Graph.Input("numbers", _layout.Numbers.Count);

    // the numbers that are no pieces of one feature
    private Node? PlainNumbers
    {
        get
        {
            if (AllNumbers is not { } numbers || _layout.Pieces.Count == 0) return AllNumbers;
            if (_plainNumbers is not null) return _plainNumbers;
            var parts = new List<Node>();
            var next = 0;
            foreach (var piece in _layout.Pieces.Append(new NumberPieces("", numbers.Width, 0, null)))
            {
                if (piece.First > next) parts.Add(numbers.Slice(next, piece.First - next));
                next = piece.First + piece.Count;
            }

            return _plainNumbers = parts.Count == 0 ? null : parts[0].Concat(parts[1..]);
        }
    }

    // a linear embedding of each feature whose numbers belong together
    private IReadOnlyList<Node> Pieces(string scope)
    {
        if (_pieces.TryGetValue(scope, out var known)) return known;
        return _pieces[scope] = [.. _layout.Pieces.Where(p => _layout.Has(p.Feature, _tasks))
            .Select(p => AllNumbers!.Slice(p.First, p.Count).Linear($"pieces/{scope}/{p.Feature}", p.Embedding ?? Options.Embedding))];
    }

    // what interactions add to a task's logits
    private Node Interacted(TaskSchema task, Node logits)
    {
        var outputs = TaskHead.Width(task);
        if (_interactions.Has(Interaction.Linear))
        {
            ReadsRows = true;
            var weights = new FeatureInputs(Graph, $"linear/{task.Name}", _layout, Options, [task], outputs);
            _inputs.Add(weights);
            logits = logits.Add(Interactions.Linear($"linear/{task.Name}", weights, AllNumbers, outputs));
        }

        if (!_interactions.Has(Interaction.Fm)) return logits;
        var each = _tasks.Select(t => t.Name).ToList().IndexOf(task.Name);
        var own = _inputs.FirstOrDefault(i => i.Name == task.Name || i.Name == $"each/{each}");
        var inputs = own ?? _inputs.First(i => !i.Name.StartsWith("linear/", StringComparison.Ordinal));
        return logits.Add(Interactions.Fm($"fm/{task.Name}", Fields(inputs), outputs, alone: own is not null || _tasks.Count == 1));
    }

    /// <summary>Hidden layers, each linear, normalised where asked, activated, dropped out: [rows, last of <paramref name="layers"/>].</summary>
    public Node Mlp(string name, Node x, IReadOnlyList<int> layers)
    {
        for (var i = 0; i < layers.Count; i++)
            x = Layer($"{name}/{i}", x, layers[i]);
        return x;
    }

    /// <summary>One hidden layer: linear, normalised where asked, activated, dropped out: [rows, <paramref name="units"/>].</summary>
    public Node Layer(string name, Node x, int units) => Activated(name, x.Linear(name, units));

    /// <summary>Input: the scenario of each row, as an id, and how many there are, the unknown one among them.</summary>
    /// <exception cref="InputException">The feature of <c>model.scenario</c> has no single category a row, or more than 1024 of them.</exception>
    public (IdNode Ids, int Count) Scenario()
    {
        ReadsRows = true;
        var column = Enumerable.Range(0, _layout.Ids.Count).Where(c => _layout.Ids[c].Feature == Options.Scenario).ToList();
        if (column.Count != 1)
            throw new InputException($"'model.scenario' needs a categorical feature, and '{Options.Scenario}' is none{NearestName.Ask(Options.Scenario ?? "", _layout.Ids.Select(f => f.Feature))}");
        var count = _layout.Ids[column[0]].Rows;
        if (count > 1024) throw new InputException($"'model.scenario': '{Options.Scenario}' has {count} values, and each would have weights of its own; name a feature with at most 1024");
        _scenario ??= (Graph.Ids("scenario", 1), column[0]);
        return (_scenario.Value.Node, count);
    }

    /// <summary>A hidden layer for each group, side by side: [rows, groups, <paramref name="units"/>].</summary>
    /// <param name="name">Its parameters begin with it.</param>
    /// <param name="x">[rows, groups, any width].</param>
    /// <param name="units">Floats a group of the result.</param>
    /// <param name="alike">Whether all groups begin with the same weights.</param>
    public Node EachLayer(string name, Node x, int units, bool alike = false)
    {
        var first = Initializer.FanIn(x.Width / x.Groups);
        return Activated(name, x.GroupedLinear(name, units, alike ? Initializer.Copies(first, x.Groups) : first));
    }

    /// <summary>A trained vector, the same for every row: [rows, values].</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="start">Its first values.</param>
    public Node Vector(string name, params IReadOnlyList<double> start) => Node.Broadcast(Graph, name, start.Count, Initializer.Of([.. start.Select(v => (float)v)]));

    /// <summary>How far the equal blocks of a parameter lie apart: Σ over pairs ‖W_t − W_s‖², [rows, 1].</summary>
    public Node Distance(string parameter, int blocks) => Node.Distance(Graph, Graph.Parameters.Single(p => p.Name == parameter), blocks);

    /// <summary>A gate that scales, 2σ(W₂ relu(W₁ by)), which begins near 1: [rows, <paramref name="width"/>].</summary>
    public Node GateUnit(string name, Node by, int width) => Ours(by).Linear(name + "/0", width).Relu().Linear(name + "/1", width).Sigmoid().Scale(2);

    /// <summary><paramref name="count"/> experts on the same input, their first layers as one product: [rows, count, width].</summary>
    /// <param name="name">Their parameters begin with it.</param>
    /// <param name="x">What they read.</param>
    /// <param name="count">How many.</param>
    /// <param name="label">What reports call them, a number following.</param>
    public Node Experts(string name, Node x, int count, string label)
    {
        var layers = Options.Experts.Layers;
        var first = Initializer.FanIn(x.Width);
        x = Activated($"{name}/0", x.Linear($"{name}/0", count * layers[0], groups: count, initializer: first));
        for (var i = 1; i < layers.Count; i++)
            x = Activated($"{name}/{i}", x.GroupedLinear($"{name}/{i}", layers[i]));
        _expertNames[x] = [.. Enumerable.Range(0, count).Select(i => $"{label} {i + 1}")];
        return x;
    }

    /// <summary>
    /// What a task's softmax gate, linear in <paramref name="by"/> unless <c>experts.gate</c> gives it layers, makes of blocks of experts: [rows, width].
    /// </summary>
    /// <param name="task">The task.</param>
    /// <param name="by">What the gate reads.</param>
    /// <param name="own">Blocks of experts of the task alone.</param>
    /// <param name="shared">Blocks of experts that tasks share.</param>
    /// <param name="foreign">Blocks of other tasks' experts, which are read but not taught.</param>
    /// <param name="level">The extraction level, from 1.</param>
    public Node Mix(TaskSchema task, Node by, IReadOnlyList<Node> own, IReadOnlyList<Node> shared, IReadOnlyList<Node>? foreign = null, int level = 1) =>
        Mix($"gate/{level}/{task.Name}", task.Name, by, [.. own, .. shared.Select(block => Read(task, block)), .. (foreign ?? []).Select(block => Passing(block, 0))], level);

    /// <summary>As the other, with a gate made elsewhere: [rows, experts].</summary>
    public Node Mix(TaskSchema task, Node weights, IReadOnlyList<Node> shared)
    {
        _gates.Add(new Gate(1, task.Name, weights, [.. shared.SelectMany(e => _expertNames[e])]));
        if (Options.Experts.LoadBalance > 0) Penalty($"load/1/{task.Name}", weights.Imbalance(), Options.Experts.LoadBalance);
        return weights.Mix([.. shared.Select(block => Read(task, block))]);
    }

    /// <summary>What a gate makes of blocks of experts for all tasks: the shared side of a level, which is no task even where a task is called shared.</summary>
    public Node MixShared(Node by, IReadOnlyList<Node> experts, int level) => Mix($"shared gate/{level}", "shared", by, experts, level);

    /// <summary>A shared part as a task reads it: taught as far as the task's <c>gradient.shared</c> says.</summary>
    public Node Read(TaskSchema task, Node shared)
    {
        _reading.Add(task.Name);
        return Passing(shared, task.Gradient.Shared);
    }

    /// <summary>A task's tower, hidden layers on what the architecture found for it.</summary>
    public Node Tower(TaskSchema task, Node shared) =>
        Mlp($"tower/{task.Name}", shared.ScaleGradient(task.Gradient.Representation), Options.Tower);

    /// <summary>A task's logits, linear in its tower, beginning at the base rate.</summary>
    /// <param name="task">The task.</param>
    /// <param name="tower">[rows, any width].</param>
    /// <param name="mean">The base rate, where it is not the mean of the task's labels.</param>
    public Node Logits(TaskSchema task, Node tower, double? mean = null) =>
        Interacted(task, Ours(tower).Linear($"head/{task.Name}", TaskHead.Width(task), biasInitializer: Initializer.Constant(TaskHead.Start(task, mean ?? task.LabelMean))));

    /// <summary>A task's logits where interactions are all there is, beginning at the base rate.</summary>
    internal Node FlatLogits(TaskSchema task)
    {
        if (_interactions.Has(Interaction.Fm)) Features(task.Name);
        return Interacted(task, Node.Broadcast(Graph, $"head/{task.Name}/bias", TaskHead.Width(task), Initializer.Constant(TaskHead.Start(task, task.LabelMean))));
    }

    /// <summary>A task's head on its logits: its prediction, and its loss.</summary>
    /// <param name="task">The task.</param>
    /// <param name="logits">[rows, classes or 1].</param>
    /// <param name="before">Places of tasks without whose event this one cannot have happened: rows that say otherwise are left out.</param>
    public TaskHead Head(TaskSchema task, Node logits, params IReadOnlyList<int> before) => new(this, task, Column(task.Name), logits, [.. before.Select(t => Column(_tasks[t].Name))]);

    /// <summary>A tower and a head on each task's representation.</summary>
    public IReadOnlyList<TaskHead> Heads(IReadOnlyList<TaskSchema> tasks, IReadOnlyList<Node> shared) =>
        [.. tasks.Select((task, t) => Head(task, Logits(task, Tower(task, shared[t]))))];

    /// <summary>Input: the label of a task, 0 where the row has none.</summary>
    public Node Label(TaskSchema task) => Once(_labels, task, "label");

    /// <summary>Input: 1 where the row has a label of the task, else 0.</summary>
    public Node Known(TaskSchema task)
    {
        ReadsRows = true;
        return Once(_known, task, "known");
    }

    /// <summary>Input: the row's share of a mean over the batch, by the rows' weights.</summary>
    public Node RowShare => _rowShare ??= Graph.Input("share", 1);

    /// <summary>Adds the mean of <paramref name="value"/>, [rows, 1], to the loss; a weight of 0 leaves it out.</summary>
    public void Penalty(string name, Node value, double weight)
    {
        if (weight > 0) _terms.Add((name, value, weight));
    }

    /// <summary>Adds to the loss how far one probability exceeds another, <c>model.calibration</c> times.</summary>
    public void AtMost(TaskHead below, TaskHead above)
    {
        var name = $"at_most/{below.Task.Name}/{above.Task.Name}";
        if (Options.Calibration == 0 || _terms.Exists(term => term.Name == name)) return;
        var excess = Chance(below).Add(Chance(above).Scale(-1)).Relu();
        // rows of another source have neither probability; of a mixture of two rows it holds as well as of one
        Penalty(name, SeveralSources ? excess.Multiply(Once(_known, above.Task, "known")) : excess, Options.Calibration);
    }

    // corrected for sampling, as predictions are: w p / (w p + 1 − p)
    private static Node Chance(TaskHead head)
    {
        var (p, w) = (head.Logits.Sigmoid(), head.Task.NegativeKeepRate);
        if (w == 1) return p;
        var kept = p.Scale(w);
        return kept.Multiply(kept.Add(head.Logits.Scale(-1).Sigmoid()).Reciprocal(floor: w));
    }

    private bool SeveralSources => _tasks.Select(t => t.Source).Distinct(StringComparer.Ordinal).Count() > 1;

    /// <summary>The names of tasks that read something shared by way of <see cref="Read"/>, so that their <c>gradient.shared</c> is obeyed.</summary>
    internal IReadOnlySet<string> Reading => _reading;

    /// <summary>Whether it reads something of a row beside all its features together, which a mixture of two rows does not have.</summary>
    internal bool ReadsRows { get; private set; }

    internal (IdNode Node, int Column)? ScenarioInput => _scenario;

    internal Node? RowShareInput => _rowShare;

    internal Node? KnownInput(string task) => _known.GetValueOrDefault(task);

    /// <summary>The terms as losses, once every task has its own.</summary>
    internal IReadOnlyList<Penalty> Penalties() => [.. _terms.Select(term => new Penalty(term.Name, new MeanValue(term.Name, term.Value, RowShare), term.Weight))];

    private Node Mix(string name, string owner, Node by, IReadOnlyList<Node> experts, int level)
    {
        var options = Options.Experts;
        var count = experts.Sum(e => e.Groups);
        var logits = Mlp(name + "/hidden", by, options.Gate).Linear(name, count, bias: false);
        if (Options.GateTemperature != 1) logits = logits.Scale(1 / Options.GateTemperature);
        var weights = options.Top > 0 ? logits.TopSoftmax(options.Top) : logits.Softmax();
        if (options.LoadBalance > 0) Penalty($"load/{level}/{owner}", weights.Imbalance(), options.LoadBalance);
        _gates.Add(new Gate(level, owner, weights, [.. experts.SelectMany(e => _expertNames[e])]));
        return weights.Mix(experts);
    }

    private Node Ours(Node node) => node.Graph == Graph ? node : throw new ArgumentException($"'{node}' belongs to another graph");

    private Node Passing(Node block, double gradient)
    {
        var passing = block.ScaleGradient(gradient);
        if (_expertNames.TryGetValue(block, out var names)) _expertNames[passing] = names;
        return passing;
    }

    private Node Once(Dictionary<string, Node> nodes, TaskSchema task, string kind) =>
        nodes.TryGetValue(task.Name, out var node) ? node : nodes[task.Name] = Graph.Input($"{kind}/{task.Name}", 1);

    private int Column(string task)
    {
        for (var column = 0; column < _layout.Tasks.Count; column++)
            if (_layout.Tasks[column].Name == task)
                return column;
        throw new InputException($"there is no task '{task}'; the tasks are {string.Join(", ", _layout.Tasks.Select(t => t.Name))}");
    }

    /// <summary>What follows a linear layer: normalised where asked, activated, dropped out.</summary>
    /// <param name="name">Its parameters begin with it.</param>
    /// <param name="x">What the layer gives.</param>
    /// <param name="partitioned">Whether batch normalisation takes the rows of each scenario by themselves.</param>
    public Node Activated(string name, Node x, bool partitioned = false)
    {
        x = Normalized($"{name}/norm", x, partitioned);
        x = Options.Activation switch
        {
            Activation.Gelu => x.Gelu(),
            Activation.Silu => x.Silu(),
            Activation.Tanh => x.Tanh(),
            Activation.Prelu => x.PRelu($"{name}/activation"),
            _ => x.Relu(),
        };
        return x.Dropout(Options.Dropout);
    }

    /// <summary>Normalised by the model's options; as it is where they say none.</summary>
    /// <param name="name">Its parameters begin with it.</param>
    /// <param name="x">Any node.</param>
    /// <param name="partitioned">Whether batch normalisation takes the rows of each scenario by themselves.</param>
    public Node Normalized(string name, Node x, bool partitioned = false) => Options.Normalization switch
    {
        Normalization.Batch when partitioned && Scenario() is var (scenario, count) => x.PartitionedNorm(name, scenario, count),
        Normalization.Batch => x.BatchNorm(name),
        Normalization.Layer => x.LayerNorm(name),
        _ => x,
    };
}
