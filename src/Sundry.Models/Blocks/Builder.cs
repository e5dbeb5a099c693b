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
    private Node? _numbers;

    /// <summary>Starts an empty graph for the given columns.</summary>
    public Builder(Layout layout, ModelOptions options)
    {
        _layout = layout;
        Options = options;
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
        var inputs = new FeatureInputs(Graph, scope, _layout, Options);
        _inputs.Add(inputs);
        List<Node> parts = [.. inputs.Nodes];
        if (_layout.Numbers.Count > 0) parts.Add(_numbers ??= Graph.Input("numbers", _layout.Numbers.Count));
        if (parts.Count == 0) throw new InputException("no feature is left to learn from; name at least one under 'features' or exclude fewer columns");
        return _features[scope] = parts[0].Concat(parts[1..]);
    }

    /// <summary>Hidden layers, each linear, normalised where asked, activated, dropped out: [rows, last of <paramref name="layers"/>].</summary>
    public Node Mlp(string name, Node x, IReadOnlyList<int> layers)
    {
        for (var i = 0; i < layers.Count; i++)
            x = Finish($"{name}/{i}", x.Linear($"{name}/{i}", layers[i]));
        return x;
    }

    /// <summary><paramref name="count"/> experts on the same input, their first layers as one product: [rows, count, width].</summary>
    /// <param name="name">Their parameters begin with it.</param>
    /// <param name="x">What they read.</param>
    /// <param name="count">How many.</param>
    /// <param name="label">What reports call them, a number following.</param>
    public Node Experts(string name, Node x, int count, string label)
    {
        var layers = Options.Experts.Layers;
        var first = Initializer.FanIn(x.Width);
        x = Finish($"{name}/0", x.Linear($"{name}/0", count * layers[0], groups: count, initializer: first));
        for (var i = 1; i < layers.Count; i++)
            x = Finish($"{name}/{i}", x.GroupedLinear($"{name}/{i}", layers[i]));
        _expertNames[x] = [.. Enumerable.Range(0, count).Select(i => $"{label} {i + 1}")];
        return x;
    }

    /// <summary>What a softmax gate, bias-free and linear in <paramref name="by"/>, makes of blocks of experts: [rows, width].</summary>
    /// <param name="owner">Whose gate it is: a task's name, or <c>shared</c>.</param>
    /// <param name="by">What the gate reads.</param>
    /// <param name="experts">Blocks of experts, of equal width.</param>
    /// <param name="level">The extraction level, from 1.</param>
    public Node Mix(string owner, Node by, IReadOnlyList<Node> experts, int level = 1) => Mix($"gate/{level}/{owner}", owner, by, experts, level);

    /// <summary>As <see cref="Mix(string, Node, IReadOnlyList{Node}, int)"/>, for the shared side of a level, which is no task even where a task is called shared.</summary>
    public Node MixShared(Node by, IReadOnlyList<Node> experts, int level) => Mix($"shared gate/{level}", "shared", by, experts, level);

    private Node Mix(string name, string owner, Node by, IReadOnlyList<Node> experts, int level)
    {
        var count = experts.Sum(e => e.Groups);
        var logits = by.Linear(name, count, bias: false);
        if (Options.GateTemperature != 1) logits = logits.Scale(1 / Options.GateTemperature);
        var weights = logits.Softmax();
        _gates.Add(new Gate(level, owner, weights, [.. experts.SelectMany(e => _expertNames[e])]));
        return weights.Mix(experts);
    }

    private Node Finish(string name, Node x)
    {
        x = Options.Normalization switch
        {
            Normalization.Batch => x.BatchNorm($"{name}/norm"),
            Normalization.Layer => x.LayerNorm($"{name}/norm"),
            _ => x,
        };
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
}
