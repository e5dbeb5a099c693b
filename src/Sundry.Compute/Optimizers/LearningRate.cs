namespace Sundry.Compute;

/// <summary>Learning-rate schedules as pure functions: the factor to multiply the base rate with.</summary>
public static class LearningRate
{
    /// <summary>Rises evenly from 1/<paramref name="steps"/> to 1 over the first <paramref name="steps"/> steps, then stays at 1.</summary>
    /// <param name="step">Steps taken before this one.</param>
    /// <param name="steps">Length of the warm-up; 0 for none.</param>
    public static double WarmUp(long step, long steps) => step >= steps ? 1 : (step + 1.0) / steps;

    /// <summary>Falls from 1 to <paramref name="floor"/> along half a cosine (Loshchilov and Hutter, 2017).</summary>
    /// <param name="step">Steps taken before this one.</param>
    /// <param name="steps">Steps of the whole training.</param>
    /// <param name="floor">Where it ends.</param>
    public static double Cosine(long step, long steps, double floor = 0)
    {
        if (steps <= 0) return 1;
        var progress = Math.Clamp((double)step / steps, 0, 1);
        return floor + (1 - floor) * 0.5 * (1 + Math.Cos(Math.PI * progress));
    }

    /// <summary><paramref name="factor"/> for each time that <paramref name="patience"/> epochs in a row brought no improvement.</summary>
    /// <param name="scores">The validation score of each epoch so far, greater being better.</param>
    /// <param name="patience">Epochs without improvement before the rate falls, 1 or more.</param>
    /// <param name="factor">What the rate is multiplied by each time.</param>
    public static double Plateau(ReadOnlySpan<double> scores, int patience, double factor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(patience, 1);
        var best = double.NegativeInfinity;
        var result = 1.0;
        var waited = 0;
        foreach (var score in scores)
        {
            if (score > best)
            {
                best = score;
                waited = 0;
            }
            else if (++waited == patience)
            {
                result *= factor;
                waited = 0;
            }
        }

        return result;
    }
}
