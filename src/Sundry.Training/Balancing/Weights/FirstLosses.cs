namespace Sundry.Training;

/// <summary>Each task's loss in the first step that had a row of it; NaN before.</summary>
internal sealed class FirstLosses
{
    public FirstLosses(int tasks)
    {
        Values = new double[tasks];
        Values.AsSpan().Fill(double.NaN);
    }

    public double[] Values { get; }

    public void Observe(in BalancingStep step)
    {
        for (var t = 0; t < Values.Length; t++)
            if (double.IsNaN(Values[t]) && step.Has(t))
                Values[t] = step.Losses[t];
    }

    public void Set(ReadOnlySpan<double> values) => values.CopyTo(Values);
}
