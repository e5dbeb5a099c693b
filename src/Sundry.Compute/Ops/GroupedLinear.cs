namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>One linear layer a group: y_g = x_g W_g + b_g. [rows, groups, k] → [rows, groups, outputs]. The deeper layers of experts.</summary>
    /// <param name="name">Its parameters are called <c>name/weight</c> [groups × k, outputs] and <c>name/bias</c> [groups, outputs].</param>
    /// <param name="outputs">Floats a group of the result.</param>
    /// <param name="initializer">First values of W and b; by default uniform in ±1/√k.</param>
    public Node GroupedLinear(string name, int outputs, Initializer? initializer = null)
    {
        var first = initializer ?? Initializer.FanIn(Width / Groups);
        var w = Graph.Parameter(name + "/weight", Width, outputs, first);
        var b = Graph.Parameter(name + "/bias", Groups, outputs, first);
        return Graph.Add(new GroupedLinearOp(this, w, b, Activated.Not));
    }
}

/// <summary>y_g = x_g W_g + b_g for every group g.</summary>
internal sealed unsafe class GroupedLinearOp(Node x, Parameter weight, Parameter bias, Activated then)
    : ActivatedOp(x.Groups * weight.Columns, x.Groups, [x], then), IPacked, IAffine
{
    private readonly Parameter[] _parameters = [weight, bias];
    private readonly int _k = x.Width / x.Groups;
    private readonly int _n = weight.Columns;

    public Parameter Weight => weight;

    public Parameter? Bias => bias;

    public override ReadOnlySpan<Parameter> Parameters => _parameters;

    public override IPacked? Packed => this;

    public long PackedLength(bool training) => Groups * (ForwardLength + (training ? BackwardLength : 0));

    public void Pack(float* packed, float* weights, bool training, int part, int parts)
    {
        for (var g = part; g < Groups; g += parts)
        {
            var w = weights + weight.Offset + (long)g * _k * _n;
            Gemm.Pack(packed + g * ForwardLength, w, _n, _k, _n);
            if (training) Gemm.PackTransposed(packed + Groups * ForwardLength + g * BackwardLength, w, _n, _k, _n);
        }
    }

    public override ActivatedOp Then(Activated then) => new GroupedLinearOp(x, weight, bias, then);

    public Op With(Parameter bias, Activated then) => new GroupedLinearOp(x, weight, bias, then);

    public override void Forward(Frame frame)
    {
        for (var g = 0; g < Groups; g++)
            Gemm.Multiply(frame.Value(Output) + g * _n, Width, frame.Value(x) + g * _k, x.Width, frame.Packed[Output.Index] + g * ForwardLength,
                frame.Weights(bias) + g * _n, frame.Rows, _k, _n, Activated.Relu, accumulate: false);
        Drop(frame);
    }

    public override void Backward(Frame frame)
    {
        var db = frame.Contribute(bias, out var addBias);
        var dy = GradientWithin(frame, db, addBias);
        var dw = frame.Contribute(weight, out var addWeight);
        var dx = frame.Contribute(x, out var add);
        for (var g = 0; g < Groups; g++)
        {
            Gemm.WeightGradient(dw + (long)g * _k * _n, _n, frame.Value(x) + g * _k, x.Width, dy + g * _n, Width, frame.Rows, _k, _n, addWeight);
            if (dx is not null)
                Gemm.Multiply(dx + g * _k, x.Width, dy + g * _n, Width, frame.Packed[Output.Index] + Groups * ForwardLength + g * BackwardLength, null,
                    frame.Rows, _n, _k, relu: false, add);
        }
    }

    private long ForwardLength => AlignedBlock.Round((long)Gemm.PackedLength(_k, _n));

    private long BackwardLength => AlignedBlock.Round((long)Gemm.PackedLength(_n, _k));
}
