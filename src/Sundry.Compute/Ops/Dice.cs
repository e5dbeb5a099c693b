namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>
    /// x (α + (1 − α) p) with p = σ(x normalised over the batch), one trained α a unit: a PReLU whose bend follows the data (Zhou et al., KDD 2018). Scoring normalises by running
    /// statistics, as <see cref="BatchNorm"/> does.
    /// </summary>
    /// <param name="name">Its parameters are called <c>name/slope</c> [1, width], which starts at 0, and <c>name/mean</c>, <c>name/variance</c>, with a scale and a shift that stay as they are.</param>
    public Node Dice(string name)
    {
        var normal = Graph.Add(new BatchNormOp(
            this,
            Graph.Parameter(name + "/scale", 1, Width, Initializer.Ones, trainable: false),
            Graph.Parameter(name + "/shift", 1, Width, Initializer.Zeros, trainable: false),
            Graph.Parameter(name + "/mean", 1, Width, Initializer.Zeros, trainable: false),
            Graph.Parameter(name + "/variance", 1, Width, Initializer.Ones, trainable: false),
            Activated.Not));
        return Graph.Add(new DiceOp(this, normal, Graph.Parameter(name + "/slope", 1, Width, Initializer.Zeros)));
    }
}

/// <summary>y = x (α + (1 − α) σ(n)).</summary>
internal sealed unsafe class DiceOp(Node x, Node normal, Parameter slope) : Op(x.Width, x.Groups, [x, normal])
{
    private readonly Parameter[] _parameters = [slope];

    public Parameter Slope => slope;

    public override ReadOnlySpan<Parameter> Parameters => _parameters;

    // a place for the kernel to write gradients where none are wanted
    public override int SavedPerRow => x.NeedsGradient ? 0 : 2 * Width;

    public override void Forward(Frame frame) => Activations.Dice(frame.Value(Output), frame.Value(x), frame.Value(normal), frame.Weights(slope), frame.Rows, Width);

    public override void Backward(Frame frame)
    {
        var dslope = frame.ContributeCleared(slope);
        var dx = frame.Contribute(x, out var add);
        var dnormal = frame.Contribute(normal, out var addNormal);
        if (dx is null)
        {
            dx = frame.Saved(this);
            dnormal = dx + (long)frame.Rows * Width;
        }

        Activations.DiceGradient(dx, dnormal, dslope, frame.Gradient(Output), frame.Value(x), frame.Value(normal), frame.Weights(slope), frame.Rows, Width, add, addNormal);
    }
}
