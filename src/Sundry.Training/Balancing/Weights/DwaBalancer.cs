namespace Sundry.Training;

/// <summary>
/// Dynamic weight average: w = T softmax(r / temperature), r_t = L_t(k − 1) / L_t(k − 2) over epoch means, so that tasks whose loss falls slowly
/// weigh more; 1 in the first two epochs. Liu, Johns and Davison, <i>End-to-end multi-task learning with attention</i>, CVPR 2019.
/// </summary>
[Balancer("dwa", nameof(BalancingOptions.Temperature), NeedsPositiveLosses = true)]
public sealed class DwaBalancer : IWeightBalancer
{
    private readonly double _temperature;
    private readonly double[] _weights;
    private readonly double[] _last;

    /// <summary>Prepares it.</summary>
    public DwaBalancer(BalancingSetup setup)
    {
        _temperature = setup.Options.Temperature ?? 2;
        _weights = [.. setup.Tasks.Select(_ => 1.0)];
        _last = [.. setup.Tasks.Select(_ => double.NaN)];
    }

    /// <inheritdoc/>
    public double[] State
    {
        get => [.. _weights, .. _last];
        set
        {
            value.AsSpan(0, _weights.Length).CopyTo(_weights);
            value.AsSpan(_weights.Length).CopyTo(_last);
        }
    }

    /// <inheritdoc/>
    public void Weigh(in BalancingStep step, Span<double> weights) => _weights.CopyTo(weights);

    /// <inheritdoc/>
    public void EndEpoch(int epoch, ReadOnlySpan<double> losses)
    {
        if (epoch > 1)
        {
            for (var t = 0; t < losses.Length; t++)
            {
                // an epoch without a row of the task, or a loss of 0, tells nothing of its pace
                var pace = losses[t] / _last[t];
                _weights[t] = (double.IsFinite(pace) ? pace : 1) / _temperature;
            }

            Softmax.Of(_weights, _weights);
            for (var t = 0; t < losses.Length; t++) _weights[t] *= losses.Length;
        }

        for (var t = 0; t < losses.Length; t++)
            if (!double.IsNaN(losses[t]))
                _last[t] = losses[t];
    }
}
