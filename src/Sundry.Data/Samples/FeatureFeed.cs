namespace Sundry.Data;

/// <summary>Takes one feature of rows of a log into its column, as numbers where both have them.</summary>
internal abstract class FeatureFeed
{
    private const int Unknown = -1;

    /// <summary>Takes a row; null, or what is wrong with its value.</summary>
    /// <param name="row">The row in the block.</param>
    /// <param name="sample">The row in the log.</param>
    /// <param name="e">Its event.</param>
    public abstract string? Take(int row, in SampleRow sample, in ShopEvent e);

    /// <summary>The feed of a column of the rows.</summary>
    public static FeatureFeed Of(FeatureColumn feature, SampleField field) => field.Only is not { } from ? new Bytes(feature, field) : feature switch
    {
        CategoryColumn category when from.Texts is not null => new Category(category, from),
        NumberColumn number when from.Texts is null && from.From != SampleColumn.Place.Time => new Number(number, from),
        TimeColumn time when from.From == SampleColumn.Place.Time => new Time(time),
        CategoryColumn category when from.From == SampleColumn.Place.Position => new Position(category, from),
        NumberColumn or TimeColumn when from.Texts is not null => new Parsed(feature, field, from),
        _ => new Bytes(feature, field),
    };

    private sealed class Category(CategoryColumn feature, SampleColumn from) : FeatureFeed
    {
        private int[] _codes = [];

        public override string? Take(int row, in SampleRow sample, in ShopEvent e)
        {
            int number = from.Number(sample, e, default);
            if (number < 0)
            {
                feature.Take(row, 0);
                return null;
            }

            if (number >= _codes.Length)
            {
                int before = _codes.Length;
                Array.Resize(ref _codes, Math.Max(from.Texts!.Count, number + 1));
                _codes.AsSpan(before).Fill(Unknown);
            }

            ref int code = ref _codes[number];
            if (code == Unknown) code = feature.Code(from.Texts![number]);
            feature.Take(row, code);
            return null;
        }
    }

    private sealed class Position(CategoryColumn feature, SampleColumn from) : FeatureFeed
    {
        // by position; 0 where it was not seen yet
        private readonly int[] _codes = new int[256];
        private readonly byte[] _buffer = new byte[64];

        public override string? Take(int row, in SampleRow sample, in ShopEvent e)
        {
            if (e.Position <= 0 || e.Position >= _codes.Length) return feature.Collect(from.Bytes(sample, e, default, _buffer), row);
            ref int code = ref _codes[e.Position];
            if (code == 0) code = feature.Code(from.Bytes(sample, e, default, _buffer));
            feature.Take(row, code);
            return null;
        }
    }

    private sealed class Number(NumberColumn feature, SampleColumn from) : FeatureFeed
    {
        public override string? Take(int row, in SampleRow sample, in ShopEvent e)
        {
            float value = from.Value(e);
            feature.Take(row, float.IsFinite(value) ? value : float.NaN);
            return null;
        }
    }

    private sealed class Time(TimeColumn feature) : FeatureFeed
    {
        public override string? Take(int row, in SampleRow sample, in ShopEvent e)
        {
            feature.Take(row, sample.Time);
            return null;
        }
    }

    /// <summary>Numbers and times that the log holds as texts: each text is read once.</summary>
    private sealed class Parsed(FeatureColumn feature, SampleField field, SampleColumn from) : FeatureFeed
    {
        private readonly NumberColumn? _numbers = feature as NumberColumn;
        private readonly TimeColumn? _times = feature as TimeColumn;
        private bool[] _known = [];
        // a time, or the bits of a number
        private long[] _values = [];

        public override string? Take(int row, in SampleRow sample, in ShopEvent e)
        {
            int number = from.Number(sample, e, default);
            if (number < 0)
            {
                feature.TakeNone(row);
                return null;
            }

            if (number >= _known.Length)
            {
                int length = Math.Max(from.Texts!.Count, number + 1);
                Array.Resize(ref _known, length);
                Array.Resize(ref _values, length);
            }

            if (!_known[number])
            {
                if (feature.Collect(field.Bytes(sample, e, default), row) is { } problem) return problem;
                _values[number] = _numbers is not null ? BitConverter.SingleToInt32Bits(_numbers.Taken(row)) : _times!.Taken(row);
                _known[number] = true;
                return null;
            }

            if (_numbers is not null) _numbers.Take(row, BitConverter.Int32BitsToSingle((int)_values[number]));
            else _times!.Take(row, _values[number]);
            return null;
        }
    }

    private sealed class Bytes(FeatureColumn feature, SampleField from) : FeatureFeed
    {
        public override string? Take(int row, in SampleRow sample, in ShopEvent e) => feature.Collect(from.Bytes(sample, e, default), row);
    }
}
