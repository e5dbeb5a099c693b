using System.Numerics;
using System.Runtime.InteropServices;

namespace Sundry.Data;

/// <summary>A date feature on its way to calendar parts.</summary>
internal sealed class TimeColumn(string name, FeatureOptions options, MissingTexts missing) : FeatureColumn(name, options)
{
    private readonly long[] _times = new long[ProvisionalFile.BlockRows];
    private readonly Moments _days = new();
    private long _newest = long.MinValue;
    private long _absent;
    private uint _hours;
    private uint _weekdays;
    private uint _months;
    private TimeEncoder? _encoder;

    public override string? Collect(ReadOnlySpan<byte> field, int row)
    {
        if (missing.Contains(field)) _times[row] = TimeEncoder.Missing;
        else if (!TimeText.TryParse(field, out _times[row])) return TimeEncoder.Problem(field);
        return null;
    }

    /// <summary>The time that the block holds as this row.</summary>
    public long Taken(int row) => _times[row];

    /// <summary>Takes a time in milliseconds since 1970 into the block as this row.</summary>
    public void Take(int row, long time) => _times[row] = time;

    public override void TakeNone(int row) => _times[row] = TimeEncoder.Missing;

    public override void Write(Stream stream, int rows) => stream.Write(MemoryMarshal.AsBytes(_times.AsSpan(0, rows)));

    public override void Read(Stream stream, int rows) => stream.ReadExactly(MemoryMarshal.AsBytes(_times.AsSpan(0, rows)));

    public override void Count(ReadOnlySpan<Part> parts)
    {
        long last = TimeEncoder.Missing;
        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i] != Part.Train) continue;
            long time = _times[i];
            if (time == TimeEncoder.Missing)
            {
                _absent++;
                continue;
            }

            if (time != last)
            {
                var (hour, weekday, month) = TimeEncoder.Calendar(time);
                _hours |= 1u << hour;
                _weekdays |= 1u << weekday;
                _months |= 1u << month;
                _newest = Math.Max(_newest, time);
                last = time;
            }

            _days.Add(TimeEncoder.Days(0, time));
        }
    }

    public override FeatureSummary Fit()
    {
        var parts = (BitOperations.PopCount(_hours) > 1 ? TimeParts.Hour : 0) | (BitOperations.PopCount(_weekdays) > 1 ? TimeParts.Weekday : 0) | (BitOperations.PopCount(_months) > 1 ? TimeParts.Month : 0);
        bool varies = _days.Count > 0 && _days.Maximum > _days.Minimum && _days.Deviation > 0;
        var dropped = varies || (_absent > 0 && _days.Count > 0) ? null : _days.Count == 0 ? "it is missing in every training row" : "it is the same in every training row";
        var words = "";
        if (dropped is null)
        {
            NumberScale? age = varies ? new NumberScale(0, TimeEncoder.Days(0, _newest) - _days.Mean, _days.Deviation) : null;
            Encoder = _encoder = new TimeEncoder(Name, Options.Embedding, parts, _absent > 0, _newest, age);
            words = parts == TimeParts.None ? "age" : $"{parts.ToString().ToLowerInvariant()}, age";
        }

        double? oldest = _days.Count == 0 ? null : _days.Minimum;
        double? newest = _days.Count == 0 ? null : _days.Maximum;
        return new FeatureSummary(Name, TimeEncoder.Kind, words, 0, _absent, 0, _encoder?.Rows ?? 0, [], oldest, newest, _days.Count == 0 ? null : _days.Mean, _days.Count == 0 ? null : _days.Deviation, dropped);
    }

    public override void Encode(int[] records, int stride, int id, int number, int rows)
    {
        int ids = _encoder!.IdCount;
        int numbers = _encoder.NumberCount;
        var floats = MemoryMarshal.Cast<int, float>(records.AsSpan());
        for (int i = 0; i < rows; i++)
        {
            int at = i * stride;
            // the products of one page are of one moment
            if (i > 0 && _times[i] == _times[i - 1])
            {
                for (int n = 0; n < ids; n++) records[at + id + n] = records[at + id + n - stride];
                for (int n = 0; n < numbers; n++) records[at + number + n] = records[at + number + n - stride];
                continue;
            }

            _encoder.Encode(_times[i], records.AsSpan(at + id, ids), floats.Slice(at + number, numbers));
        }
    }
}
