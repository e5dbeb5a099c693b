namespace Sundry.Training;

/// <summary>
/// Gradient normalization: the weights are learned so that w_t ‖∇L_t‖ in the last shared layer comes to the mean norm × r_t^α, r_t being how little a
/// task's loss has fallen beside the others'. Weights keep the sum T. Chen et al., <i>GradNorm</i>, ICML 2018.
/// </summary>
[Balancer("gradnorm", nameof(BalancingOptions.Alpha), nameof(BalancingOptions.Rate), NeedsPositiveLosses = true)]
public sealed class GradnormBalancer : IGradientBalancer
{
    private const double LeastWeight = 1e-3;

    private readonly BalancingSetup _setup;
    private readonly double _alpha;
    private readonly double[] _weights;
    private readonly FirstLosses _first;
    private readonly ScalarAdam _adam;
    private readonly double[,] _gram;

    /// <summary>Prepares it.</summary>
    public GradnormBalancer(BalancingSetup setup)
    {
        _setup = setup;
        var n = setup.Tasks.Count;
        _alpha = setup.Options.Alpha ?? 1.5;
        _weights = new double[n];
        _weights.AsSpan().Fill(1);
        _first = new FirstLosses(n);
        _adam = new ScalarAdam(n, setup.Options.Rate ?? 0.025);
        _gram = new double[n, n];
    }

    /// <inheritdoc/>
    public double[] State
    {
        get => [.. _weights, .. _first.Values, .. _adam.State];
        set
        {
            var n = _weights.Length;
            value.AsSpan(0, n).CopyTo(_weights);
            _first.Set(value.AsSpan(n, n));
            value.AsSpan(2 * n).CopyTo(_adam.State);
        }
    }

    /// <summary>The norms to come to, Ḡ r_t^α, with Ḡ the mean of w_t ‖∇L_t‖ and r_t the loss ratios over their mean.</summary>
    /// <param name="ratios">L_t / L_t(0).</param>
    /// <param name="norms">‖∇L_t‖, unweighted.</param>
    /// <param name="weights">w_t.</param>
    /// <param name="alpha">α.</param>
    internal static double[] Targets(ReadOnlySpan<double> ratios, ReadOnlySpan<double> norms, ReadOnlySpan<double> weights, double alpha)
    {
        double ratio = 0, norm = 0;
        var n = ratios.Length;
        for (var t = 0; t < n; t++)
        {
            ratio += ratios[t] / n;
            norm += weights[t] * norms[t] / n;
        }

        var targets = new double[n];
        for (var t = 0; t < n; t++) targets[t] = norm * Math.Pow(ratios[t] / ratio, alpha);
        return targets;
    }

    /// <summary>The gradient of Σ |w_t ‖∇L_t‖ − target_t| by w_t, the targets being constants.</summary>
    internal static double Slope(double norm, double weight, double target) => Math.Sign(weight * norm - target) * norm;

    /// <inheritdoc/>
    public void Balance(in BalancingStep step, ITaskGradients gradients, Span<double> weights)
    {
        _first.Observe(step);
        _weights.CopyTo(weights);
        Learn(step, gradients);
        gradients.Combine(weights, weights);
    }

    private void Learn(in BalancingStep step, ITaskGradients gradients)
    {
        var n = _weights.Length;
        var squares = new double[n];
        foreach (var tensor in gradients.LastLayer)
        {
            gradients.Gram(tensor, _gram);
            GramBalancer.RefuseNoNumbers(_gram, _setup.Tasks, step);
            for (var t = 0; t < n; t++) squares[t] += _gram[t, t];
        }

        var present = new List<int>();
        for (var t = 0; t < n; t++)
            if (step.Has(t) && squares[t] > 0 && _first.Values[t] > 0 && step.Losses[t] > 0)
                present.Add(t);
        if (present.Count < 2) return;
        double[] ratios = new double[present.Count], norms = new double[present.Count], now = new double[present.Count];
        for (var i = 0; i < present.Count; i++)
        {
            var t = present[i];
            (ratios[i], norms[i], now[i]) = (step.Losses[t] / _first.Values[t], Math.Sqrt(squares[t]), _weights[t]);
        }

        var targets = Targets(ratios, norms, now, _alpha);
        for (var i = 0; i < present.Count; i++) _adam.Step(present[i], ref _weights[present[i]], Slope(norms[i], now[i], targets[i]));
        var sum = 0.0;
        for (var t = 0; t < n; t++) sum += _weights[t] = Math.Max(_weights[t], LeastWeight);
        for (var t = 0; t < n; t++) _weights[t] *= n / sum;
    }
}
