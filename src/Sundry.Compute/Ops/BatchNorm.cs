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
    private const double Epsilon = 1e-5;
    private const double Momentum = 0.1;

    private readonly Parameter[] _parameters = [scale, shift, mean, variance];

    public Parameter Scale => scale;

    public Parameter Shift => shift;

    public override ReadOnlySpan<Parameter> Parameters => _parameters;

    public override bool NeedsWholeBatch => true;

    // a shard's four sums in double, then mean, rstd in float and the two mean gradients in double
    public override int SavedPerShard => 14 * Padded;

    public override void Survey(Frame frame) => Norms.ColumnSums(Sums(frame, 0), Sums(frame, 1), frame.Value(x), frame.Rows, Width);

    public override void Forward(Frame frame)
    {
        var mu = Statistic(frame, 0);
        var rstd = Statistic(frame, 1);
        if (frame.Training && frame.BatchRows > 1) BatchStatistics(frame, mu, rstd);
        else RunningStatistics(frame, mu, rstd);
        Norms.BatchNorm(frame.Value(Output), frame.Value(x), mu, rstd, frame.Weights(scale), frame.Weights(shift), frame.Rows, Width, Activated.Relu);
        Drop(frame);
    }

    public override ActivatedOp Then(Activated then) => new BatchNormOp(x, scale, shift, mean, variance, then);

    /// <summary>Makes of scale and shift in a copy of the parameter block what is done to x by running statistics where <paramref name="bias"/> is yet to be added to it: x · scale + shift.</summary>
    public void Fold(float* weights, Parameter? bias)
    {
        for (var i = 0; i < Width; i++)
        {
            var factor = weights[scale.Offset + i] / Math.Sqrt(weights[variance.Offset + i] + Epsilon);
            double b = bias is null ? 0 : weights[bias.Offset + i];
            weights[shift.Offset + i] = (float)(weights[shift.Offset + i] + (b - weights[mean.Offset + i]) * factor);
            weights[scale.Offset + i] = (float)factor;
        }
    }

    public override void SurveyBackward(Frame frame) =>
        Norms.BatchNormGradientSums(Sums(frame, 2), Sums(frame, 3), GradientWithin(frame), frame.Value(x), Statistic(frame, 0), Statistic(frame, 1), frame.Rows, Width);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(Frame frame)
    {
        var dscale = frame.ContributeCleared(scale);
        var dshift = frame.ContributeCleared(shift);
        var dy = Means(frame, 0);
        var dyXhat = Means(frame, 1);
        // a batch of one row was normalised by constants: nothing flows through its statistics
        var share = frame.BatchRows > 1 ? 1.0 / frame.BatchRows : 0;
        for (var i = 0; i < Width; i++)
        {
            dscale[i] += (float)Sums(frame, 3)[i];
            dshift[i] += (float)Sums(frame, 2)[i];
            dy[i] = dyXhat[i] = 0;
            foreach (var peer in frame.Peers)
            {
                dy[i] += share * Sums(peer, 2)[i];
                dyXhat[i] += share * Sums(peer, 3)[i];
            }
        }

        var dx = frame.Contribute(x, out var add);
        if (dx is not null)
            Norms.BatchNormGradient(dx, frame.Gradient(Output), frame.Value(x), Statistic(frame, 0), Statistic(frame, 1), frame.Weights(scale), dy, dyXhat, frame.Rows, Width, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void BatchStatistics(Frame frame, float* mu, float* rstd)
    {
        double rows = frame.BatchRows;
        var first = frame == frame.Peers[0];
        for (var i = 0; i < Width; i++)
        {
            double sum = 0, squares = 0;
            foreach (var peer in frame.Peers)
            {
                sum += Sums(peer, 0)[i];
                squares += Sums(peer, 1)[i];
            }

            var m = sum / rows;
            var v = Math.Max(squares / rows - m * m, 0);
            mu[i] = (float)m;
            rstd[i] = (float)(1 / Math.Sqrt(v + Epsilon));
            if (!first) continue;
            var running = frame.Weights(mean) + i;
            *running = (float)((1 - Momentum) * *running + Momentum * m);
            running = frame.Weights(variance) + i;
            *running = (float)((1 - Momentum) * *running + Momentum * v * rows / (rows - 1));
        }
    }

    private void RunningStatistics(Frame frame, float* mu, float* rstd)
    {
        for (var i = 0; i < Width; i++)
        {
            mu[i] = frame.Weights(mean)[i];
            rstd[i] = (float)(1 / Math.Sqrt(frame.Weights(variance)[i] + Epsilon));
        }
    }

    private int Padded => (int)AlignedBlock.Round(Width);

    private double* Sums(Frame frame, int which) => (double*)frame.ShardSaved(this) + which * Padded;

    private double* Means(Frame frame, int which) => (double*)frame.ShardSaved(this) + (4 + which) * Padded;

    private float* Statistic(Frame frame, int which) => frame.ShardSaved(this) + (12 + which) * Padded;
}
