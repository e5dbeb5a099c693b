namespace Sundry.Data;

/// <summary>Count, extremes, mean and deviation of a stream of numbers (Welford's recurrence, in double).</summary>
internal sealed class Moments
{
    private double _squares;

    public long Count { get; private set; }

    public double Minimum { get; private set; } = double.PositiveInfinity;

    public double Maximum { get; private set; } = double.NegativeInfinity;

    public double Mean { get; private set; }

    /// <summary>The standard deviation of the numbers themselves (divided by their count).</summary>
    public double Deviation => Count == 0 ? 0 : Math.Sqrt(_squares / Count);

    public void Add(double value)
    {
        Count++;
        double delta = value - Mean;
        Mean += delta / Count;
        _squares += delta * (value - Mean);
        if (value < Minimum) Minimum = value;
        if (value > Maximum) Maximum = value;
    }
}
