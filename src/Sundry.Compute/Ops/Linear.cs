namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>y = x W + b. [rows, width] → [rows, outputs].</summary>
    /// <param name="name">Its parameters are called <c>name/weight</c> [width, outputs] and <c>name/bias</c> [1, outputs].</param>
    /// <param name="outputs">Floats a row of the result.</param>
    /// <param name="bias">Whether there is a b.</param>
    /// <param name="groups">Groups that the result is divided into: several experts as one product.</param>
    /// <param name="initializer">First values of W; by default uniform in ±1/√width, as in PyTorch.</param>
    /// <param name="biasInitializer">First values of b; by default as W's.</param>
    public Node Linear(string name, int outputs, bool bias = true, int groups = 1, Initializer? initializer = null, Initializer? biasInitializer = null)
    {
        var first = initializer ?? Initializer.FanIn(Width);
        var w = Graph.Parameter(name + "/weight", Width, outputs, first);
        var b = bias ? Graph.Parameter(name + "/bias", 1, outputs, biasInitializer ?? first) : null;
        return Graph.Add(new LinearOp(this, w, b, groups, Activated.Not));
    }

    /// <summary>The same with parameters that are there already: [width, outputs] and [1, outputs].</summary>
    public Node Linear(Parameter weight, Parameter bias) => Graph.Add(new LinearOp(this, weight, bias, 1, Activated.Not));
}

/// <summary>y = x W + b.</summary>
internal sealed unsafe class LinearOp(Node x, Parameter weight, Parameter? bias, int groups, Activated then)
    : ActivatedOp(weight.Columns, groups, [x], then), IPacked, IAffine
{
    private readonly Parameter[] _parameters = bias is null ? [weight] : [weight, bias];

    public Parameter Weight => weight;

    public Parameter? Bias => bias;

    public override ReadOnlySpan<Parameter> Parameters => _parameters;

    public override IPacked? Packed => this;

    public long PackedLength(bool training) => ForwardLength + (training ? BackwardLength : 0);

    public void Pack(float* packed, float* weights, bool training, int part, int parts)
    {
        Gemm.Pack(packed, weights + weight.Offset, weight.Columns, weight.Rows, weight.Columns, part, parts);
        if (training) Gemm.PackTransposed(packed + ForwardLength, weights + weight.Offset, weight.Columns, weight.Rows, weight.Columns, part, parts);
    }

    public override ActivatedOp Then(Activated then) => new LinearOp(x, weight, bias, Groups, then);

    public Op With(Parameter bias, Activated then) => new LinearOp(x, weight, bias, Groups, then);

    public override void Forward(Frame frame)
    {
        Gemm.Multiply(frame.Value(Output), Width, frame.Value(x), x.Width, frame.Packed[Output.Index], bias is null ? null : frame.Weights(bias),
            frame.Rows, x.Width, Width, Activated.Relu, accumulate: false);
        Drop(frame);
    }

    public override void Backward(Frame frame)
    {
        var addBias = false;
        var db = bias is null ? null : frame.Contribute(bias, out addBias);
        var dy = GradientWithin(frame, db, addBias);
        var dw = frame.Contribute(weight, out var addWeight);
        Gemm.WeightGradient(dw, Width, frame.Value(x), x.Width, dy, Width, frame.Rows, x.Width, Width, addWeight);
        var dx = frame.Contribute(x, out var add);
        if (dx is not null)
            Gemm.Multiply(dx, x.Width, dy, Width, frame.Packed[Output.Index] + ForwardLength, null, frame.Rows, Width, x.Width, relu: false, add);
    }

    private long ForwardLength => AlignedBlock.Round((long)Gemm.PackedLength(weight.Rows, weight.Columns));

    private long BackwardLength => AlignedBlock.Round((long)Gemm.PackedLength(weight.Columns, weight.Rows));
}
