namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>x where positive, else slope × x, with one trained slope a unit (He et al., 2015).</summary>
    /// <param name="name">Its parameter is called <c>name/slope</c> [1, width] and starts at 0.25.</param>
    public Node PRelu(string name) => Graph.Add(new PReluOp(this, Graph.Parameter(name + "/slope", 1, Width, Initializer.Constant(0.25f))));
}

/// <summary>y = max(x, 0) + slope min(x, 0).</summary>
internal sealed unsafe class PReluOp(Node x, Parameter slope) : Op(x.Width, x.Groups, [x])
{
    private readonly Parameter[] _parameters = [slope];

    public override ReadOnlySpan<Parameter> Parameters => _parameters;

    // a place for the kernel to write dx where none is wanted
    public override int SavedPerRow => x.NeedsGradient ? 0 : Width;

    public override void Forward(Frame frame) => Activations.PRelu(frame.Value(Output), frame.Value(x), frame.Weights(slope), frame.Rows, Width);

    public override void Backward(Frame frame)
    {
        var dslope = frame.ContributeCleared(slope);
        var dx = frame.Contribute(x, out var add);
        if (dx is null) dx = frame.Saved(this);
        Activations.PReluGradient(dx, dslope, frame.Gradient(Output), frame.Value(x), frame.Weights(slope), frame.Rows, Width, add);
    }
}
