namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>
    /// Batch normalisation of each scenario's rows by themselves: (x − mean_p) / √(variance_p + 1e-5) · scale · scale_p + shift + shift_p (Sheng et al., 2021). A scenario
    /// with a single row in a batch takes its running statistics, as inference does.
    /// </summary>
    /// <param name="name">Its parameters are called <c>name/scale</c>, <c>name/shift</c> [1, width], and <c>name/own/scale</c>, <c>name/own/shift</c>, <c>name/mean</c>, <c>name/variance</c> [scenarios, width].</param>
    /// <param name="scenario">One id a row, from 0 to <paramref name="scenarios"/> − 1.</param>
    /// <param name="scenarios">How many there are.</param>
    public Node PartitionedNorm(string name, IdNode scenario, int scenarios) => Graph.Add(new PartitionedNormOp(
        this, scenario, scenarios,
        Graph.Parameter(name + "/scale", 1, Width, Initializer.Ones),
        Graph.Parameter(name + "/shift", 1, Width, Initializer.Zeros),
        Graph.Parameter(name + "/own/scale", scenarios, Width, Initializer.Ones),
        Graph.Parameter(name + "/own/shift", scenarios, Width, Initializer.Zeros),
        Graph.Parameter(name + "/mean", scenarios, Width, Initializer.Zeros, trainable: false),
        Graph.Parameter(name + "/variance", scenarios, Width, Initializer.Ones, trainable: false)));
}

/// <summary>y = x̂ γ γ_p + β + β_p with x̂ = (x − μ_p) / √(σ²_p + ε); μ_p and σ²_p of the rows of scenario p in the whole batch.</summary>
internal sealed unsafe class PartitionedNormOp(
    Node x, IdNode scenario, int scenarios, Parameter scale, Parameter shift, Parameter ownScale, Parameter ownShift, Parameter mean, Parameter variance)
    : Op(x.Width, x.Groups, [x])
{
    private const double Epsilon = 1e-5;
    private const double Momentum = 0.1;

    private readonly Parameter[] _parameters = [scale, shift, ownScale, ownShift, mean, variance];
    private readonly int _cells = scenarios * x.Width;

    public override ReadOnlySpan<Parameter> Parameters => _parameters;

    public override bool NeedsWholeBatch => true;

    // by scenario and column, in double: Σ x, Σ x², Σ dy, Σ dy x̂, and what the batch has of mean and 1 / deviation; then the rows by scenario
    public override int SavedPerShard => 2 * (6 * _cells + scenarios);

    public override void Survey(Frame frame)
    {
        var sums = Part(frame, 0);
        var squares = Part(frame, 1);
        var counts = Part(frame, 6);
        new Span<double>(sums, 2 * _cells).Clear();
        new Span<double>(counts, scenarios).Clear();
        for (var r = 0; r < frame.Rows; r++)
        {
            var p = Scenario(frame, r);
            counts[p]++;
            for (var c = 0; c < Width; c++)
            {
                double value = frame.Value(x)[(long)r * Width + c];
                sums[p * Width + c] += value;
                squares[p * Width + c] += value * value;
            }
        }
    }

    public override void Forward(Frame frame)
    {
        for (var p = 0; p < scenarios; p++)
            Statistics(frame, p, frame.Training ? Total(frame, 6, p) : 0);
        var mu = Part(frame, 4);
        var rstd = Part(frame, 5);
        for (var r = 0; r < frame.Rows; r++)
        {
            var at = Scenario(frame, r) * Width;
            for (var c = 0; c < Width; c++)
            {
                var centred = (frame.Value(x)[(long)r * Width + c] - mu[at + c]) * rstd[at + c];
                frame.Value(Output)[(long)r * Width + c] = (float)(centred * frame.Weights(scale)[c] * frame.Weights(ownScale)[at + c] + frame.Weights(shift)[c] + frame.Weights(ownShift)[at + c]);
            }
        }
    }

    public override void SurveyBackward(Frame frame)
    {
        var dy = Part(frame, 2);
        var dyCentred = Part(frame, 3);
        new Span<double>(dy, 2 * _cells).Clear();
        for (var r = 0; r < frame.Rows; r++)
        {
            var at = Scenario(frame, r) * Width;
            for (var c = 0; c < Width; c++)
            {
                double d = frame.Gradient(Output)[(long)r * Width + c];
                dy[at + c] += d;
                dyCentred[at + c] += d * Centred(frame, r, c, at);
            }
        }
    }

    public override void Backward(Frame frame)
    {
        var dscale = frame.ContributeCleared(scale);
        var dshift = frame.ContributeCleared(shift);
        var downScale = frame.ContributeCleared(ownScale);
        var downShift = frame.ContributeCleared(ownShift);
        for (var i = 0; i < _cells; i++)
        {
            var (dy, dyCentred) = (Part(frame, 2)[i], Part(frame, 3)[i]);
            dscale[i % Width] += (float)(dyCentred * frame.Weights(ownScale)[i]);
            downScale[i] += (float)(dyCentred * frame.Weights(scale)[i % Width]);
            dshift[i % Width] += (float)dy;
            downShift[i] += (float)dy;
        }

        var dx = frame.Contribute(x, out var add);
        if (dx is null) return;
        for (var p = 0; p < scenarios; p++)
        {
            var count = Total(frame, 6, p);
            // rows that constants normalised: nothing flows through their statistics
            var share = count > 1 ? 1 / count : 0;
            for (var c = 0; c < Width; c++)
            {
                var (dy, dyCentred) = (share * Total(frame, 2, p * Width + c), share * Total(frame, 3, p * Width + c));
                for (var r = 0; r < frame.Rows; r++)
                {
                    if (Scenario(frame, r) != p) continue;
                    var at = (long)r * Width + c;
                    var d = (frame.Gradient(Output)[at] - dy - Centred(frame, r, c, p * Width) * dyCentred)
                        * Part(frame, 5)[p * Width + c] * frame.Weights(scale)[c] * frame.Weights(ownScale)[p * Width + c];
                    dx[at] = (add ? dx[at] : 0) + (float)d;
                }
            }
        }
    }

    private void Statistics(Frame frame, int p, double count)
    {
        for (var c = 0; c < Width; c++)
        {
            var at = p * Width + c;
            double m = frame.Weights(mean)[at], v = frame.Weights(variance)[at];
            if (count > 1)
            {
                m = Total(frame, 0, at) / count;
                v = Math.Max(Total(frame, 1, at) / count - m * m, 0);
                if (frame == frame.Peers[0])
                {
                    frame.Weights(mean)[at] = (float)((1 - Momentum) * frame.Weights(mean)[at] + Momentum * m);
                    frame.Weights(variance)[at] = (float)((1 - Momentum) * frame.Weights(variance)[at] + Momentum * v * count / (count - 1));
                }
            }

            Part(frame, 4)[at] = m;
            Part(frame, 5)[at] = 1 / Math.Sqrt(v + Epsilon);
        }
    }

    private double Centred(Frame frame, int row, int column, int at) => (frame.Value(x)[(long)row * Width + column] - Part(frame, 4)[at + column]) * Part(frame, 5)[at + column];

    private int Scenario(Frame frame, int row)
    {
        var id = frame.Ids(scenario)[row];
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)id, (uint)scenarios, nameof(scenario));
        return id;
    }

    private double Total(Frame frame, int part, int at)
    {
        var sum = 0.0;
        foreach (var peer in frame.Peers) sum += Part(peer, part)[at];
        return sum;
    }

    private double* Part(Frame frame, int part) => (double*)frame.ShardSaved(this) + (long)part * _cells;
}
