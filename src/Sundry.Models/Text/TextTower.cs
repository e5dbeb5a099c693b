using Sundry.Compute;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>
/// A transformer over the tokens of a text in BERT's layout (Devlin et al., NAACL 2019): embeddings of words and positions, normalised; blocks of self-attention and two layers with
/// GELU between, each followed by a sum with what went in and a normalisation. Texts lie one behind the other, so that there is no padding.
/// </summary>
internal sealed class TextTower
{
    private readonly Graph _graph;
    private readonly string _name;
    private readonly TextField _field;
    private readonly TextTensors _tensors;
    private readonly bool _trainable;
    private readonly double _dropout;

    private TextTower(Graph graph, string name, TextField field, TextTensors tensors, double dropout)
    {
        _graph = graph;
        _name = name;
        _field = field;
        _tensors = tensors;
        _trainable = field.Train == TextTraining.Whole;
        _dropout = _trainable ? dropout : 0;
    }

    private TextShape Shape => _field.Shape;

    /// <summary>One vector a row, [rows, width]; zeros for a row without tokens.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">Parameters begin with it.</param>
    /// <param name="tokens">The rows' tokens.</param>
    /// <param name="field">Sizes, first weights, and what training changes.</param>
    /// <param name="dropout">Share of a sublayer's values that are set to 0 where all is trained.</param>
    /// <exception cref="InputException">The file of first weights is not of these sizes.</exception>
    public static Node Build(Graph graph, string name, BagNode tokens, TextField field, double dropout)
    {
        using var file = field.Weights is { } path ? SafeTensors.Open(path) : null;
        return new TextTower(graph, name, field, new TextTensors(file), dropout).Encode(tokens);
    }

    private Node Encode(BagNode tokens)
    {
        var words = _graph.Table($"{_name}/words", Shape.Tokens, Shape.Width, _tensors.Rows("embeddings.word_embeddings.weight", Shape.Tokens, Shape.Width), _trainable);
        var positions = _graph.Parameter($"{_name}/positions", Shape.Positions, Shape.Width, _tensors.Positions(Shape), _trainable);
        var x = Norm("embeddings.LayerNorm", words.Tokens(tokens).AddPositions(positions, fromEnd: false)).Dropout(_dropout);
        for (var layer = 0; layer < Shape.Layers; layer++) x = Block($"encoder.layer.{layer}", x);
        return x.PoolTokens(_field.Summary == TextSummary.First ? TokenPooling.First : TokenPooling.Mean);
    }

    private Node Block(string layer, Node x)
    {
        var queries = Linear($"{layer}.attention.self.query", x, Shape.Width);
        var keys = Linear($"{layer}.attention.self.key", x, Shape.Width);
        var values = Linear($"{layer}.attention.self.value", x, Shape.Width);
        var seen = Linear($"{layer}.attention.output.dense", queries.SelfAttention(keys, values, Shape.Heads, causal: false), Shape.Width);
        x = Norm($"{layer}.attention.output.LayerNorm", x.Add(Adapted($"{layer}.attention", seen.Dropout(_dropout))));
        var inner = Linear($"{layer}.intermediate.dense", x, Shape.Inner).Gelu();
        return Norm($"{layer}.output.LayerNorm", x.Add(Adapted($"{layer}.output", Linear($"{layer}.output.dense", inner, Shape.Width).Dropout(_dropout))));
    }

    private Node Linear(string tensor, Node x, int outputs) => x.Linear(
        _graph.Parameter($"{_name}/{tensor}/weight", x.Width, outputs, _tensors.Matrix(tensor + ".weight", x.Width, outputs), _trainable),
        _graph.Parameter($"{_name}/{tensor}/bias", 1, outputs, _tensors.Vector(tensor + ".bias", outputs, 0), _trainable));

    private Node Norm(string tensor, Node x) => x.LayerNorm(
        _graph.Parameter($"{_name}/{tensor}/scale", 1, x.Width, _tensors.Vector(tensor + ".weight", x.Width, 1), _trainable),
        _graph.Parameter($"{_name}/{tensor}/shift", 1, x.Width, _tensors.Vector(tensor + ".bias", x.Width, 0), _trainable),
        Shape.Epsilon);

    // what comes last in it begins with zeros, so that at first nothing is changed
    private Node Adapted(string name, Node x)
    {
        if (_field.Train != TextTraining.Adapters) return x;
        var inner = x.Linear($"{_name}/{name}/adapter/0", _field.Adapter, biasInitializer: Initializer.Zeros).Gelu();
        return x.Add(inner.Linear($"{_name}/{name}/adapter/1", x.Width, initializer: Initializer.Zeros, biasInitializer: Initializer.Zeros));
    }
}
