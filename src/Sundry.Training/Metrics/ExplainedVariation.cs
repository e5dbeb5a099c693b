namespace Sundry.Training;

/// <summary>
/// The mergeable state of <see cref="RSquared"/>. The labels' mean is carried along (Chan, Golub and LeVeque, 1983), so
/// that a large mean with a small spread loses no digits.
/// </summary>
public record struct ExplainedVariation
{
    private double _mean;
    private double _spread;
    private double _error;

    /// <summary>The sum of the weights.</summary>
    public double Weight { get; private set; }

    /// <summary>R²; NaN where the labels do not vary.</summary>
    public readonly double Value => _spread > 0 ? 1 - _error / _spread : double.NaN;

    /// <summary>Adds one row.</summary>
    public void Add(double prediction, double label, double weight)
    {
        Merge(new ExplainedVariation { Weight = weight, _mean = label, _error = weight * (prediction - label) * (prediction - label) });
    }

    /// <summary>Adds the rows of another state.</summary>
    public void Merge(ExplainedVariation other)
    {
        if (!(other.Weight > 0)) return;
        double weight = Weight + other.Weight, shift = other._mean - _mean;
        _spread += other._spread + shift * shift * Weight * other.Weight / weight;
        _mean += shift * other.Weight / weight;
        _error += other._error;
        Weight = weight;
    }
}
