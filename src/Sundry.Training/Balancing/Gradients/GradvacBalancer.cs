using Sundry.Compute;

namespace Sundry.Training;

/// <summary>
/// Gradient vaccine: in each shared tensor, a task's gradient is turned towards another's until their cosine is at least the usual one, a running
/// mean by tensor and pair of tasks. Wang et al., ICLR 2021. Where the usual cosine is 0 it is gradient surgery without the projection's excess.
/// </summary>
[Balancer("gradvac", nameof(BalancingOptions.Beta), TakesWeights = true)]
public sealed class GradvacBalancer(BalancingSetup setup) : IGradientBalancer
{
    private readonly double _beta = setup.Options.Beta ?? 0.01;
    private readonly ulong _seed = CounterRandom.Derive(setup.Seed, "gradvac");
    private readonly double[,] _gram = new double[setup.Tasks.Count, setup.Tasks.Count];

    // [tensors, T, T]
    private double[] _usual = [];
    private double[] _shared = [];

    /// <inheritdoc/>
    public double[] State
    {
        get => _usual;
        set => _usual = value;
    }

    /// <inheritdoc/>
    public void Balance(in BalancingStep step, ITaskGradients gradients, Span<double> weights)
    {
        var n = setup.Tasks.Count;
        if (_usual.Length == 0) _usual = new double[gradients.Tensors * n * n];
        if (_shared.Length == 0) _shared = new double[gradients.Tensors * n];
        Array.Clear(_shared);
        var orders = new int[n][];
        for (var t = 0; t < n; t++) orders[t] = PcgradBalancer.Order(_seed, (ulong)step.Step * (ulong)n + (ulong)t, n);
        var record = new TensorWeights(n);
        for (var k = 0; k < gradients.Tensors; k++)
        {
            gradients.Gram(k, _gram);
            GramBalancer.RefuseNoNumbers(_gram, setup.Tasks, step);
            for (var t = 0; t < n; t++)
                for (var s = 0; s < n; s++)
                    _gram[t, s] *= setup.Weights[t] * setup.Weights[s];
            var shared = _shared.AsSpan(k * n, n);
            for (var t = 0; t < n; t++) Vaccinate(_gram, t, orders[t], _usual.AsSpan((k * n + t) * n, n), _beta, shared);
            for (var t = 0; t < n; t++) shared[t] *= setup.Weights[t];
            record.Add(shared, _gram);
        }

        record.Means(weights);
        gradients.Combine(_shared, setup.Weights);
    }

    /// <summary>Adds the coefficients of task t's turned gradient to <paramref name="sum"/>, and takes the cosines into <paramref name="usual"/>.</summary>
    internal static void Vaccinate(double[,] gram, int t, ReadOnlySpan<int> order, Span<double> usual, double beta, Span<double> sum)
    {
        if (gram[t, t] <= 0) return;
        var n = sum.Length;
        var own = new double[n];
        own[t] = 1;
        foreach (var s in order)
        {
            if (s == t || gram[s, s] <= 0) continue;
            double along = 0, square = 0;
            for (var i = 0; i < n; i++)
            {
                along += gram[s, i] * own[i];
                for (var j = 0; j < n; j++) square += own[i] * gram[i, j] * own[j];
            }

            var (length, other) = (Math.Sqrt(Math.Max(0, square)), Math.Sqrt(gram[s, s]));
            if (length == 0) continue;
            // a cosine of exactly 1 cannot be aimed at: no finite multiple of the other gradient reaches it
            var (cosine, aim) = (Math.Clamp(along / (length * other), -1, 1), Math.Clamp(usual[s], -1 + 1e-9, 1 - 1e-9));
            if (cosine < aim)
                own[s] += length * (aim * Math.Sqrt(1 - cosine * cosine) - cosine * Math.Sqrt(1 - aim * aim)) / (other * Math.Sqrt(1 - aim * aim));
            usual[s] = (1 - beta) * usual[s] + beta * cosine;
        }

        for (var i = 0; i < n; i++) sum[i] += own[i];
    }
}
