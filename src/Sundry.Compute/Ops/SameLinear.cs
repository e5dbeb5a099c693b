namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>The same linear layer, without bias, for every group: y_g = x_g W. [rows, groups, k] → [rows, groups, outputs].</summary>
    /// <param name="name">Its parameter is called <c>name/weight</c> [k, outputs].</param>
    /// <param name="outputs">Floats a group of the result.</param>
    public Node SameLinear(string name, int outputs) =>
        Graph.Add(new SameLinearOp(this, Graph.Parameter(name + "/weight", Width / Groups, outputs, Initializer.FanIn(Width / Groups))));
}

/// <summary>y_g = x_g W: a linear layer over rows × groups rows.</summary>
internal sealed unsafe class SameLinearOp(Node x, Parameter weight) : Op(x.Groups * weight.Columns, x.Groups, [x]), IPacked
{
    private readonly Parameter[] _parameters = [weight];
    private readonly int _k = weight.Rows;
    private readonly int _n = weight.Columns;

    public override ReadOnlySpan<Parameter> Parameters => _parameters;

    public override IPacked? Packed => this;

    public long PackedLength(bool training) => ForwardLength + (training ? AlignedBlock.Round((long)Gemm.PackedLength(_n, _k)) : 0);

    public void Pack(float* packed, float* weights, bool training, int part, int parts)
    {
        if (part > 0) return;
        Gemm.Pack(packed, weights + weight.Offset, _n, _k, _n);
        if (training) Gemm.PackTransposed(packed + ForwardLength, weights + weight.Offset, _n, _k, _n);
    }

    public override void Forward(Frame frame) =>
        Gemm.Multiply(frame.Value(Output), _n, frame.Value(x), _k, frame.Packed[Output.Index], null, frame.Rows * Groups, _k, _n, relu: false, accumulate: false);

    public override void Backward(Frame frame)
    {
        var dy = frame.Gradient(Output);
        var dw = frame.Contribute(weight, out var addWeight);
        Gemm.WeightGradient(dw, _n, frame.Value(x), _k, dy, _n, frame.Rows * Groups, _k, _n, addWeight);
        var dx = frame.Contribute(x, out var add);
        if (dx is not null)
            Gemm.Multiply(dx, _k, dy, _n, frame.Packed[Output.Index] + ForwardLength, null, frame.Rows * Groups, _n, _k, relu: false, add);
    }

    private long ForwardLength => AlignedBlock.Round((long)Gemm.PackedLength(_k, _n));
}
