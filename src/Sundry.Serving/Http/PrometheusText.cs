using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Sundry.Serving;

/// <summary>
/// Listens to the meter of a serving process and writes what it measured as Prometheus text (version 0.0.4). Histograms have fixed bounds, and of one instrument at most
/// 500 combinations of tags are kept: further ones are counted together, so that nobody's input fills the memory.
/// </summary>
public sealed class PrometheusText : IDisposable
{
    private const int MostSeries = 500;
    private static readonly double[] s_bounds = [.0005, .001, .002, .003, .005, .008, .01, .02, .03, .05, .1, .2, .5, 1, 2, 5, 10];

    private readonly MeterListener _listener = new();
    private readonly SortedDictionary<string, Family> _families = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Begins to listen.</summary>
    public PrometheusText()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name is Instruments.Name) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Everything that was measured, and what gauges say now.</summary>
    public string Write()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        lock (_lock)
        {
            foreach (var (name, family) in _families) family.Write(text, name);
        }

        return text.ToString();
    }

    /// <summary>The sum of a counter, or the number of measurements of a histogram, over all tags that contain this pair; of all where none is given.</summary>
    public double Sum(string instrument, string? tag = null, string? value = null)
    {
        lock (_lock)
        {
            return _families.TryGetValue(Name(instrument), out var family) ? family.Sum(tag is null ? null : $"{tag}=\"{value}\"") : 0;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private static string Name(string instrument) => instrument.Replace('.', '_');

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = tags.IsEmpty ? "" : Labels(tags);
        lock (_lock)
        {
            var name = Name(instrument.Name);
            if (!_families.TryGetValue(name, out var family)) _families.Add(name, family = new Family(instrument));
            family.Take(labels, value);
        }
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in tags)
        {
            if (text.Length > 0) text.Append(',');
            text.Append(key.Replace('.', '_')).Append("=\"").Append((Convert.ToString(value, CultureInfo.InvariantCulture) ?? "").Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('"');
        }

        return text.ToString();
    }

    // all series of one instrument
    private sealed class Family(Instrument instrument)
    {
        private readonly Dictionary<string, double[]> _series = [];
        private readonly bool _histogram = instrument.GetType().Name.StartsWith("Histogram", StringComparison.Ordinal);
        private readonly bool _gauge = instrument.IsObservable;

        public void Take(string labels, double value)
        {
            if (!_series.TryGetValue(labels, out var values))
            {
                if (_series.Count >= MostSeries && !_series.TryGetValue(labels = "other=\"true\"", out values)) _series.Add(labels, values = new double[_histogram ? s_bounds.Length + 2 : 1]);
                else if (values is null) _series.Add(labels, values = new double[_histogram ? s_bounds.Length + 2 : 1]);
            }

            if (!_histogram)
            {
                values[0] = _gauge ? value : values[0] + value;
                return;
            }

            var bucket = Array.BinarySearch(s_bounds, value);
            values[bucket < 0 ? ~bucket : bucket]++;
            values[^1] += value;
        }

        public double Sum(string? label) => _series.Where(s => label is null || s.Key.Split(',').Contains(label)).Sum(s => _histogram ? s.Value[..^1].Sum() : s.Value[0]);

        public void Write(StringBuilder text, string name)
        {
            if (instrument.Unit == "s") name += "_seconds";
            else if (!_histogram && !_gauge) name += "_total";
            text.Append("# HELP ").Append(name).Append(' ').Append(instrument.Description).Append("\n# TYPE ").Append(name).Append(_histogram ? " histogram\n" : _gauge ? " gauge\n" : " counter\n");
            foreach (var (labels, values) in _series.OrderBy(s => s.Key, StringComparer.Ordinal))
            {
                if (!_histogram)
                {
                    text.Append(name).Append(labels.Length > 0 ? $"{{{labels}}}" : "").Append(' ').Append(Number(values[0])).Append('\n');
                    continue;
                }

                var more = labels.Length > 0 ? labels + "," : "";
                var count = 0.0;
                for (var b = 0; b <= s_bounds.Length; b++)
                {
                    count += values[b];
                    text.Append(name).Append("_bucket{").Append(more).Append("le=\"").Append(b < s_bounds.Length ? Number(s_bounds[b]) : "+Inf").Append("\"} ").Append(Number(count)).Append('\n');
                }

                var own = labels.Length > 0 ? $"{{{labels}}}" : "";
                text.Append(name).Append("_sum").Append(own).Append(' ').Append(Number(values[^1])).Append('\n').Append(name).Append("_count").Append(own).Append(' ').Append(Number(count)).Append('\n');
            }
        }

        private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
    }
}
