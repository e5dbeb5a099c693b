namespace Sundry.Training;

/// <summary>
/// The state of a metric that is a weighted mean over rows: it grows row by row, and the states of two parts of the
/// rows merge into the state of both. Sums are in double.
/// </summary>
public record struct WeightedMean
{
    /// <summary>The sum of weight × value.</summary>
    public double Sum { get; private set; }

    /// <summary>The sum of the weights.</summary>
    public double Weight { get; private set; }

    /// <summary>The mean; NaN (undefined) where no row has been added.</summary>
    public readonly double Value => Weight > 0 ? Sum / Weight : double.NaN;

    /// <summary>Adds one row.</summary>
    public void Add(double value, double weight)
    {
        Sum += weight * value;
        Weight += weight;
    }

    /// <summary>Adds the rows of another state.</summary>
    public void Merge(WeightedMean other)
    {
        Sum += other.Sum;
        Weight += other.Weight;
    }
}
