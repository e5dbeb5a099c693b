using System.Runtime.CompilerServices;

namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>
    /// (x − mean) / √(variance + 1e-5) · scale + shift over the rows of the whole batch, whatever its shards (Ioffe and Szegedy, 2015). For
    /// inference it keeps running statistics, a tenth of each batch's, the variance unbiased, as PyTorch does.
    /// </summary>
    /// <param name="name">Its parameters are called <c>name/scale</c>, <c>name/shift</c>, <c>name/mean</c> and <c>name/variance</c>, each [1, width].</param>
    public Node BatchNorm(string name) => Graph.Add(new BatchNormOp(
        this,
        Graph.Parameter(name + "/scale", 1, Width, Initializer.Ones),
        Graph.Parameter(name + "/shift", 1, Width, Initializer.Zeros),
        Graph.Parameter(name + "/mean", 1, Width, Initializer.Zeros, trainable: false),
        Graph.Parameter(name + "/variance", 1, Width, Initializer.Ones, trainable: false),
        Activated.Not));
}

/// <summary>y = (x − mean) · rstd · scale + shift; the shards' sums meet before any of them goes on.</summary>
internal sealed unsafe class BatchNormOp(Node x, Parameter scale, Parameter shift, Parameter mean, Parameter variance, Activated then)
    : ActivatedOp(x.Width, x.Groups, [x], then)
{
    private readonly Parameter[] _parameters = [scale, shift, mean, variance];

    public Parameter Scale => scale;

    public Parameter Shift => shift;

    public Parameter RunningMean => mean;

    public Parameter RunningVariance => variance;

    public override ReadOnlySpan<Parameter> Parameters => _parameters;

    public override bool NeedsWholeBatch => true;

    // a shard's four sums and the two mean gradients, then mean and 1 / deviation
    public override int SavedPerShard => NormStatistics.Length(Width);

    public override void Survey(Frame frame) => Norms.ColumnSums(Sums(frame, 0), Sums(frame, 1), frame.Value(x), frame.Rows, Width);

    public override void Forward(Frame frame)
    {
        NormStatistics.Settle(frame, this, Width, mean, variance);
        Norms.BatchNorm(frame.Value(Output), frame.Value(x), Mean(frame), Reciprocal(frame), frame.Weights(scale), frame.Weights(shift), frame.Rows, Width, Activated.Relu);
        Drop(frame);
    }

    public override ActivatedOp Then(Activated then) => new BatchNormOp(x, scale, shift, mean, variance, then);

    /// <summary>Makes of scale and shift in a copy of the parameter block what is done to x by running statistics where <paramref name="bias"/> is yet to be added to it: x · scale + shift.</summary>
    public void Fold(float* weights, Parameter? bias)
    {
        for (var i = 0; i < Width; i++)
        {
            var factor = weights[scale.Offset + i] * NormStatistics.Reciprocal(weights[variance.Offset + i]);
            double b = bias is null ? 0 : weights[bias.Offset + i];
            weights[shift.Offset + i] = (float)(weights[shift.Offset + i] + (b - weights[mean.Offset + i]) * factor);
            weights[scale.Offset + i] = (float)factor;
        }
    }

    public override void SurveyBackward(Frame frame) =>
        Norms.BatchNormGradientSums(Sums(frame, 2), Sums(frame, 3), GradientWithin(frame), frame.Value(x), Mean(frame), Reciprocal(frame), frame.Rows, Width);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(Frame frame)
    {
        var dscale = frame.ContributeCleared(scale);
        var dshift = frame.ContributeCleared(shift);
        var dy = Sums(frame, 4);
        var dyXhat = Sums(frame, 5);
        // a batch of one row was normalised by constants: nothing flows through its statistics
        var share = frame.BatchRows > 1 ? 1.0 / frame.BatchRows : 0;
        for (var i = 0; i < Width; i++)
        {
            dscale[i] += (float)Sums(frame, 3)[i];
            dshift[i] += (float)Sums(frame, 2)[i];
            dy[i] = share * NormStatistics.Total(frame, this, Width, 2, i);
            dyXhat[i] = share * NormStatistics.Total(frame, this, Width, 3, i);
        }

        var dx = frame.Contribute(x, out var add);
        if (dx is not null)
            Norms.BatchNormGradient(dx, frame.Gradient(Output), frame.Value(x), Mean(frame), Reciprocal(frame), frame.Weights(scale), dy, dyXhat, frame.Rows, Width, add);
    }

    private double* Sums(Frame frame, int which) => NormStatistics.Sums(frame, this, Width, which);

    private float* Mean(Frame frame) => NormStatistics.Mean(frame, this, Width);

    private float* Reciprocal(Frame frame) => NormStatistics.Reciprocal(frame, this, Width);
}
