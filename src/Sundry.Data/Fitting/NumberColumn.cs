using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sundry.Data;

/// <summary>A numeric feature on its way to standardised values and bucket ids.</summary>
internal sealed class NumberColumn : FeatureColumn
{
    // from here on any gain is taken; below, as for an exponential distribution's 2, the logarithm must halve it
    private const double HeavySkewness = 3;
    private const double Skewed = 1.5;
    private const double TailShare = 0.001;

    private readonly MissingTexts _missing;
    private readonly bool _missingMayBeNumbers;
    private readonly float[] _values = new float[ProvisionalFile.BlockRows];
    private readonly Reservoir _sample;
    private readonly Moments _moments = new();
    private long _absent;
    private NumberEncoder? _encoder;
    private PiecewiseEncoder? _pieces;

    public NumberColumn(string name, FeatureOptions options, MissingTexts missing, ulong seed)
        : base(name, options)
    {
        _missing = missing;
        _sample = new Reservoir(seed);
        for (int i = 0; i < missing.Count; i++) _missingMayBeNumbers |= NumberText.TryParse(missing[i], out _);
    }

    public override string? Collect(ReadOnlySpan<byte> field, int row)
    {
        if (_missingMayBeNumbers && _missing.Contains(field)) _values[row] = float.NaN;
        else if (!NumberText.TryParse(field, out _values[row]))
        {
            if (!_missing.Contains(field)) return NumberEncoder.Problem(field);
            _values[row] = float.NaN;
        }

        return null;
    }

    /// <summary>The number that the block holds as this row.</summary>
    public float Taken(int row) => _values[row];

    /// <summary>Takes a number into the block as this row; NaN is a missing one.</summary>
    public void Take(int row, float value) => _values[row] = value;

    public override void TakeNone(int row) => _values[row] = float.NaN;

    public override void Write(Stream stream, int rows) => stream.Write(MemoryMarshal.AsBytes(_values.AsSpan(0, rows)));

    public override void Read(Stream stream, int rows) => stream.ReadExactly(MemoryMarshal.AsBytes(_values.AsSpan(0, rows)));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Count(ReadOnlySpan<Part> parts)
    {
        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i] != Part.Train) continue;
            float value = _values[i];
            if (float.IsNaN(value))
            {
                _absent++;
                continue;
            }

            _sample.Add(value);
            _moments.Add(value);
        }
    }

    public override FeatureSummary Fit()
    {
        var sorted = _sample.Sorted();
        long distinct = 0;
        for (int i = 0; i < sorted.Length; i++)
            if (i == 0 || sorted[i] != sorted[i - 1]) distinct++;
        double? minimum = null, maximum = null, mean = null, deviation = null;
        if (_moments.Count > 0) (minimum, maximum, mean, deviation) = (_moments.Minimum, _moments.Maximum, _moments.Mean, _moments.Deviation);
        // the sample may hold one value where the column holds more
        bool varies = _moments.Count > 0 && _moments.Maximum > _moments.Minimum;
        var dropped = varies || (_absent > 0 && _moments.Count > 0) ? null : _moments.Count == 0 ? "it is missing in every training row" : "it is the same in every training row";
        var words = "";
        if (dropped is null)
        {
            if (Options.Encoding == NumericEncoding.Piecewise) return FitPieces(sorted, distinct, (minimum, maximum, mean, deviation));
            NumberScale? scale = null;
            if (Options.Encoding != NumericEncoding.Buckets && varies) scale = FitScale(sorted);
            var edges = Options.Encoding != NumericEncoding.Standard ? QuantileBuckets.Fit(sorted, Options.Buckets) : null;
            bool missing = _absent > 0;
            Encoder = _encoder = new NumberEncoder(Name, Options.Embedding, scale, missing && Options.Encoding != NumericEncoding.Buckets, edges, missing && edges is not null);
            words = Words(scale, edges, missing);
        }

        return new FeatureSummary(Name, NumberEncoder.Kind, words, distinct, _absent, 0, _encoder?.Rows ?? 0, [], minimum, maximum, mean, deviation, dropped);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Encode(int[] records, int stride, int id, int number, int rows)
    {
        var floats = MemoryMarshal.Cast<int, float>(records.AsSpan());
        if (_pieces is not null)
        {
            for (int i = 0; i < rows; i++) _pieces.Encode(_values[i], floats.Slice(i * stride + number, _pieces.NumberCount));
            return;
        }

        int ids = _encoder!.IdCount;
        int numbers = _encoder.NumberCount;
        for (int i = 0; i < rows; i++)
        {
            int at = i * stride;
            // counters are often those of the row before
            if (i > 0 && BitConverter.SingleToInt32Bits(_values[i]) == BitConverter.SingleToInt32Bits(_values[i - 1]))
            {
                if (ids > 0) records[at + id] = records[at + id - stride];
                for (int n = 0; n < numbers; n++) records[at + number + n] = records[at + number + n - stride];
                continue;
            }

            _encoder.Encode(_values[i], records.AsSpan(at + id, ids), floats.Slice(at + number, numbers));
        }
    }

    private FeatureSummary FitPieces(ReadOnlySpan<float> sorted, long distinct, (double? Minimum, double? Maximum, double? Mean, double? Deviation) found)
    {
        var bounds = new List<float> { sorted[0] };
        foreach (float edge in QuantileBuckets.Fit(sorted, Options.Buckets))
            if (edge > bounds[^1]) bounds.Add(edge);
        if (sorted[^1] > bounds[^1]) bounds.Add(sorted[^1]);
        // one value, and others missing: what lies beside it is told apart at least
        if (bounds.Count == 1) bounds.Add(bounds[0] + Math.Max(1, Math.Abs(bounds[0])));
        Encoder = _pieces = new PiecewiseEncoder(Name, Options.Embedding, [.. bounds], _absent > 0);
        var words = $"{bounds.Count - 1} intervals" + (_absent > 0 ? ", missing marked" : "");
        return new FeatureSummary(Name, NumberEncoder.Kind, words, distinct, _absent, 0, 0, [], found.Minimum, found.Maximum, found.Mean, found.Deviation, null);
    }

    private NumberScale? FitScale(ReadOnlySpan<float> sorted)
    {
        double unit = LogUnit(sorted);
        bool log = Options.Log ?? IsHeavy(Math.Abs(Skewness(sorted, 0)), Math.Abs(Skewness(sorted, unit)));
        if (!log) unit = 0;
        // a thousandth of each tail is drawn in, or one mistyped number would be the measure of all others
        int tail = (int)(sorted.Length * TailShare);
        var (low, high) = (sorted[tail], sorted[sorted.Length - 1 - tail]);
        if (low == high) (low, high) = (sorted[0], sorted[^1]);
        var moments = new Moments();
        foreach (float value in sorted) moments.Add(NumberScale.Transform(Math.Clamp(value, low, high), unit));
        return moments.Deviation > 0 && double.IsFinite(moments.Deviation) ? new NumberScale(unit, moments.Mean, moments.Deviation) : null;
    }

    private static bool IsHeavy(double plain, double logged) => (plain > HeavySkewness && logged < plain) || (plain > Skewed && logged < plain / 2);

    // 1, or the median size where sizes are mostly below 1: log(1 + x) bends nothing there
    private static double LogUnit(ReadOnlySpan<float> sorted)
    {
        var sizes = new float[sorted.Length];
        int count = 0;
        foreach (float value in sorted)
            if (value != 0) sizes[count++] = Math.Abs(value);
        if (count == 0) return 1;
        Array.Sort(sizes, 0, count);
        return Math.Min(1, sizes[count / 2]);
    }

    private static double Skewness(ReadOnlySpan<float> sorted, double unit)
    {
        double mean = 0;
        foreach (float value in sorted) mean += NumberScale.Transform(value, unit);
        mean /= sorted.Length;
        double second = 0, third = 0;
        foreach (float value in sorted)
        {
            double d = NumberScale.Transform(value, unit) - mean;
            second += d * d;
            third += d * d * d;
        }

        return second == 0 ? 0 : third / sorted.Length / Math.Pow(second / sorted.Length, 1.5);
    }

    private static string Words(NumberScale? scale, float[]? edges, bool missing)
    {
        var words = scale is null ? "" : scale.Value.LogUnit > 0 ? "standardised after log" : "standardised";
        if (edges is not null) words += (words.Length > 0 ? ", " : "") + $"{edges.Length + 1} buckets";
        return missing ? words + (words.Length > 0 ? ", " : "") + "missing marked" : words;
    }
}
