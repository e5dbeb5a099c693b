namespace Sundry.Serving;

/// <summary>Durations counted in steps of an eighth of a doubling: quantiles within 5 %, at a fixed size. Counting is not guarded; whoever holds it locks.</summary>
internal sealed class TimingCounts
{
    private const int PerDoubling = 8, Doublings = 24;
    private const double Least = 0.001;     // milliseconds

    private readonly int[] _counts = new int[PerDoubling * Doublings];

    public long Count { get; private set; }

    public void Add(double milliseconds)
    {
        var step = milliseconds > Least ? (int)(Math.Log2(milliseconds / Least) * PerDoubling) : 0;
        _counts[Math.Min(step, _counts.Length - 1)]++;
        Count++;
    }

    public void AddTo(TimingCounts other)
    {
        for (var i = 0; i < _counts.Length; i++) other._counts[i] += _counts[i];
        other.Count += Count;
    }

    /// <summary>The duration that a share of all did not exceed, in milliseconds: the middle of its step; NaN where there is none.</summary>
    public double Quantile(double share)
    {
        if (Count == 0) return double.NaN;
        var wanted = Math.Max(1, (long)Math.Ceiling(share * Count));
        for (var i = 0; i < _counts.Length; i++)
        {
            wanted -= _counts[i];
            if (wanted <= 0) return Least * Math.Pow(2, (i + 0.5) / PerDoubling);
        }

        return double.NaN;
    }
}
