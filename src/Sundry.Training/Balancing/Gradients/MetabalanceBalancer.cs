using Sundry.Data;

namespace Sundry.Training;

/// <summary>
/// Auxiliary gradients at the main task's size: in each shared tensor, a task's gradient becomes r (m₀ / m_t) g_t + (1 − r) g_t, m being running means
/// of norms and 0 the main task. He et al., <i>MetaBalance</i>, WWW 2022.
/// </summary>
[Balancer("metabalance", nameof(BalancingOptions.Relax), nameof(BalancingOptions.Beta), nameof(BalancingOptions.Main), TakesWeights = true)]
public sealed class MetabalanceBalancer : IGradientBalancer
{
    private const double Least = 1e-5;

    private readonly BalancingSetup _setup;
    private readonly double _relax;
    private readonly double _beta;
    private readonly int _main;
    private readonly double[,] _gram;

    // [tensors, T]
    private double[] _norms = [];
    private double[] _shared = [];

    /// <summary>Prepares it.</summary>
    /// <exception cref="InputException">The main task is not learned.</exception>
    public MetabalanceBalancer(BalancingSetup setup)
    {
        _setup = setup;
        _relax = setup.Options.Relax ?? 0.7;
        _beta = setup.Options.Beta ?? 0.9;
        _main = setup.Options.Main is { } name ? setup.Tasks.ToList().FindIndex(t => t.Name == name) : 0;
        if (_main < 0) throw new InputException($"'training.balancing.main' names task '{setup.Options.Main}', which is not learned; name one of {string.Join(", ", setup.Tasks.Select(t => t.Name))}");
        _gram = new double[setup.Tasks.Count, setup.Tasks.Count];
    }

    /// <inheritdoc/>
    public double[] State
    {
        get => _norms;
        set => _norms = value;
    }

    /// <inheritdoc/>
    public void Balance(in BalancingStep step, ITaskGradients gradients, Span<double> weights)
    {
        var n = _setup.Tasks.Count;
        if (_norms.Length == 0) _norms = new double[gradients.Tensors * n];
        if (_shared.Length == 0) _shared = new double[gradients.Tensors * n];
        var record = new TensorWeights(n);
        for (var k = 0; k < gradients.Tensors; k++)
        {
            gradients.Gram(k, _gram);
            GramBalancer.RefuseNoNumbers(_gram, _setup.Tasks, step);
            var norms = _norms.AsSpan(k * n, n);
            // a batch without a row of a task tells nothing of its gradients' size
            for (var t = 0; t < n; t++)
                if (_gram[t, t] > 0)
                    norms[t] = _beta * norms[t] + (1 - _beta) * _setup.Weights[t] * Math.Sqrt(_gram[t, t]);
            var shared = _shared.AsSpan(k * n, n);
            // where the main task has no gradient, as in a tower of others, there is no size to bring the others to
            for (var t = 0; t < n; t++)
                shared[t] = _setup.Weights[t] * (t == _main || norms[_main] == 0 ? 1 : _relax * norms[_main] / (norms[t] + Least) + 1 - _relax);
            record.Add(shared, _gram);
        }

        record.Means(weights);
        gradients.Combine(_shared, _setup.Weights);
    }
}
