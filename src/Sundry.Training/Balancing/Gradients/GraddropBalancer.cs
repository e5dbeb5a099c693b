using Sundry.Compute;

namespace Sundry.Training;

/// <summary>
/// Gradient sign dropout: in every coordinate one sign is drawn, positive with probability ½ (1 + Σ g_t / Σ |g_t|), and gradients of the other sign
/// are dropped. Chen et al., <i>Just pick a sign</i>, NeurIPS 2020. The weight on record is the share of a task's coordinates that was kept.
/// </summary>
[Balancer("graddrop", TakesWeights = true)]
public sealed class GraddropBalancer(BalancingSetup setup) : IGradientBalancer
{
    private readonly ulong _seed = CounterRandom.Derive(setup.Seed, "graddrop");
    private readonly float[] _scale = [.. setup.Weights.Select(w => (float)w)];
    private readonly long[] _kept = new long[setup.Tasks.Count];
    private readonly long[] _all = new long[setup.Tasks.Count];

    /// <inheritdoc/>
    public void Balance(in BalancingStep step, ITaskGradients gradients, Span<double> weights)
    {
        Array.Clear(_kept);
        Array.Clear(_all);
        var seed = CounterRandom.Derive(_seed, (ulong)step.Step);
        gradients.Combine((coordinate, parts, combined) => Drop(seed, coordinate, parts, combined), setup.Weights);
        for (var t = 0; t < weights.Length; t++) weights[t] = _all[t] > 0 ? (double)_kept[t] / _all[t] : 0;
    }

    private void Drop(ulong seed, ulong coordinate, ReadOnlySpan<float> gradients, Span<float> combined)
    {
        var n = combined.Length;
        Span<int> kept = stackalloc int[_scale.Length];
        Span<int> all = stackalloc int[_scale.Length];
        kept.Clear();
        all.Clear();
        for (var i = 0; i < n; i++)
        {
            double sum = 0, size = 0;
            for (var t = 0; t < _scale.Length; t++)
            {
                var g = _scale[t] * gradients[t * n + i];
                sum += g;
                size += Math.Abs(g);
            }

            var positive = size > 0 ? 0.5 * (1 + sum / size) : 0.5;
            var keepsPositive = positive > CounterRandom.Uniform(seed, coordinate + (ulong)i);
            var total = 0f;
            for (var t = 0; t < _scale.Length; t++)
            {
                var g = _scale[t] * gradients[t * n + i];
                if (g == 0) continue;
                all[t]++;
                if (g > 0 != keepsPositive && !float.IsNaN(g)) continue;
                kept[t]++;
                total += g;
            }

            combined[i] = total;
        }

        for (var t = 0; t < _scale.Length; t++)
        {
            Interlocked.Add(ref _kept[t], kept[t]);
            Interlocked.Add(ref _all[t], all[t]);
        }
    }
}
