namespace Sundry.Training;

/// <summary>A figure over the seeds of the same configuration. Undefined values are left out and the count says so.</summary>
/// <param name="Count">How many seeds have a value.</param>
/// <param name="Mean">Their mean; NaN where none has.</param>
/// <param name="Sd">Their sample standard deviation (n − 1); NaN below two.</param>
public readonly record struct SeedSummary(int Count, double Mean, double Sd)
{
    /// <summary>Summarises one value a seed.</summary>
    public static SeedSummary Of(params ReadOnlySpan<double> values)
    {
        int count = 0;
        double mean = 0, squares = 0;
        foreach (double value in values)
        {
            if (double.IsNaN(value)) continue;
            count++;
            double shift = value - mean;
            mean += shift / count;
            squares += shift * (value - mean);
        }

        return new(count, count == 0 ? double.NaN : mean, count < 2 ? double.NaN : Math.Sqrt(squares / (count - 1)));
    }
}
