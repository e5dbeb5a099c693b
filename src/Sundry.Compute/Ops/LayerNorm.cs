namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>(x − mean) / √(variance + epsilon) · scale + shift over each row of each group (Ba, Kiros and Hinton, 2016).</summary>
    /// <param name="name">Its parameters are called <c>name/scale</c> and <c>name/shift</c>, each [1, width].</param>
    /// <param name="epsilon">What keeps the quotient finite.</param>
    public Node LayerNorm(string name, double epsilon = 1e-5) => LayerNorm(Graph.Parameter(name + "/scale", 1, Width, Initializer.Ones), Graph.Parameter(name + "/shift", 1, Width, Initializer.Zeros), epsilon);

    /// <summary>The same with parameters that are there already, each [1, width].</summary>
    public Node LayerNorm(Parameter scale, Parameter shift, double epsilon) => Graph.Add(new LayerNormOp(this, scale, shift, (float)epsilon, Activated.Not));
}

/// <summary>y = (x − mean) · rstd · scale + shift.</summary>
internal sealed unsafe class LayerNormOp(Node x, Parameter scale, Parameter shift, float epsilon, Activated then) : ActivatedOp(x.Width, x.Groups, [x], then)
{
    private readonly Parameter[] _parameters = [scale, shift];
    private readonly int _group = x.Width / x.Groups;

    public override ReadOnlySpan<Parameter> Parameters => _parameters;

    // mean and reciprocal deviation of each group; and a place for the kernel to write dx where none is wanted
    public override int SavedPerRow => 2 * Groups + (x.NeedsGradient ? 0 : Width);

    public override void Forward(Frame frame)
    {
        var mean = frame.Saved(this);
        var rstd = mean + (long)frame.Rows * Groups;
        Norms.LayerNorm(frame.Value(Output), mean, rstd, frame.Value(x), frame.Weights(scale), frame.Weights(shift), frame.Rows, Groups, _group, epsilon, Activated.Relu);
        Drop(frame);
    }

    public override ActivatedOp Then(Activated then) => new LayerNormOp(x, scale, shift, epsilon, then);

    public override void Backward(Frame frame)
    {
        var mean = frame.Saved(this);
        var rstd = mean + (long)frame.Rows * Groups;
        var dscale = frame.ContributeCleared(scale);
        var dshift = frame.ContributeCleared(shift);
        var dx = frame.Contribute(x, out var add);
        if (dx is null) dx = rstd + (long)frame.Rows * Groups;
        Norms.LayerNormGradient(dx, dscale, dshift, GradientWithin(frame), frame.Value(x), mean, rstd, frame.Weights(scale), frame.Rows, Groups, _group, add);
    }
}
