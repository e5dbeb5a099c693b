using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Sundry.Serving;

/// <summary>Gathers what the process measures (the meter <c>Sundry.Serving</c>) and writes it as Prometheus reads it. The number of series is bounded: those beyond are counted, not kept.</summary>
internal sealed class MetricsText : IDisposable
{
    /// <summary>The most series.</summary>
    public const int Most = 2_000;

    // seconds: from a fast answer to a slow batch
    private static readonly double[] s_bounds = [0.0005, 0.001, 0.002, 0.003, 0.005, 0.008, 0.012, 0.02, 0.03, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, Family> _families = new(StringComparer.Ordinal);
    private int _series;
    private long _beyond;

    /// <summary>Begins to listen.</summary>
    public MetricsText()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Instruments.Name) listener.EnableMeasurementEvents(instrument, _families.GetOrAdd(Name(instrument), _ => new Family(instrument)));
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, state) => Add((Family)state!, value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, state) => Add((Family)state!, value, tags));
        _listener.Start();
    }

    /// <summary>The text.</summary>
    /// <param name="shop">The shop.</param>
    /// <param name="stored">The store's last position; null where it cannot be read just now.</param>
    public byte[] Write(IShopCalls shop, long? stored)
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var (name, family) in _families.OrderBy(f => f.Key, StringComparer.Ordinal)) family.Write(text, name);
        Gauge(text, "sundry_ready", "Whether answers know everything that was acknowledged", shop.Ready ? 1 : 0);
        Gauge(text, "sundry_position", "Everything up to this position is in the next answer", shop.Position);
        if (stored is { } last)
        {
            Gauge(text, "sundry_store_position", "The last position of the store", last);
            Gauge(text, "sundry_behind", "Positions of the store that are not in the next answer yet", Math.Max(0, last - shop.Position));
        }

        if (shop.Model is { } model) text.Append("# HELP sundry_model The model that answers\n# TYPE sundry_model gauge\nsundry_model{id=\"").Append(Escaped(model.Id)).Append("\"} 1\n");
        Gauge(text, "sundry_series_beyond", "Measurements of series that are too many to be kept", Interlocked.Read(ref _beyond));
        using var process = Process.GetCurrentProcess();
        Gauge(text, "process_resident_memory_bytes", "Memory of the process", process.WorkingSet64);
        Gauge(text, "process_cpu_seconds_total", "Processor time of the process", process.TotalProcessorTime.TotalSeconds, "counter");
        Gauge(text, "process_threads", "Threads of the process", process.Threads.Count);
        Gauge(text, "dotnet_heap_bytes", "Managed memory", GC.GetTotalMemory(forceFullCollection: false));
        Gauge(text, "dotnet_pause_seconds_total", "Time in which collections of managed memory stopped everything else", GC.GetTotalPauseDuration().TotalSeconds, "counter");
        Gauge(text, "dotnet_collections_total", "Collections of managed memory", GC.CollectionCount(0), "counter");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private static void Gauge(StringBuilder text, string name, string help, double value, string type = "gauge") =>
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n{name} {value}\n");

    private static string Name(Instrument instrument)
    {
        var name = instrument.Name.Replace('.', '_').Replace('-', '_');
        if (instrument.Unit == "s") name += "_seconds";
        return instrument is Counter<long> or ObservableCounter<long> ? name + "_total" : name;
    }

    private static string Escaped(string value) => value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private void Add(Family family, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (!family.ByTags.TryGetValue(tags, out var series)) series = Find(family, tags);
        series?.Add(value, family.IsGauge);
    }

    private Series? Find(Family family, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = Labels(tags);
        if (!family.Series.TryGetValue(labels, out var series))
        {
            if (Interlocked.Increment(ref _series) > Most)
            {
                Interlocked.Decrement(ref _series);
                Interlocked.Increment(ref _beyond);
                return null;
            }

            series = family.Series.GetOrAdd(labels, _ => new Series(family.IsHistogram ? s_bounds.Length + 1 : 0));
        }

        family.Remember(tags, series);
        return series;
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.Length == 0) return "";
        var text = new StringBuilder();
        foreach (var (name, value) in tags)
            text.Append(text.Length > 0 ? "," : "").Append(name.Replace('.', '_')).Append("=\"").Append(Escaped(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")).Append('"');
        return text.ToString();
    }

    private sealed class Family(Instrument instrument)
    {
        private readonly ConcurrentDictionary<KeyValuePair<string, object?>[], Series> _byTags = new(new TagsComparer());

        public ConcurrentDictionary<string, Series> Series { get; } = new(StringComparer.Ordinal);

        /// <summary>The same series by the tags that they are measured with, so that a measurement need not write its labels.</summary>
        public ConcurrentDictionary<KeyValuePair<string, object?>[], Series>.AlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>> ByTags => _byTags.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>();

        public void Remember(ReadOnlySpan<KeyValuePair<string, object?>> tags, Series series) => _byTags[tags.ToArray()] = series;

        public bool IsHistogram { get; } = instrument is Histogram<double> or Histogram<long>;

        public bool IsGauge { get; } = instrument is not (Histogram<double> or Histogram<long> or Counter<long> or Counter<double>);

        public void Write(StringBuilder text, string name)
        {
            if (Series.IsEmpty) return;
            var type = IsHistogram ? "histogram" : IsGauge ? "gauge" : "counter";
            text.Append($"# HELP {name} {instrument.Description}\n# TYPE {name} {type}\n");
            foreach (var (labels, series) in Series.OrderBy(s => s.Key, StringComparer.Ordinal)) series.Write(text, name, labels);
        }
    }

    private sealed class Series(int buckets)
    {
        private readonly Lock _lock = new();
        private readonly long[] _counts = new long[buckets];
        private double _sum;

        public void Add(double value, bool isGauge)
        {
            lock (_lock)
            {
                _sum = isGauge ? value : _sum + value;
                if (_counts.Length == 0) return;
                var at = Array.BinarySearch(s_bounds, value);
                _counts[at < 0 ? ~at : at]++;
            }
        }

        public void Write(StringBuilder text, string name, string labels)
        {
            lock (_lock)
            {
                if (_counts.Length > 0)
                {
                    var (all, comma) = (0L, labels.Length > 0 ? "," : "");
                    for (var i = 0; i < _counts.Length; i++)
                    {
                        all += _counts[i];
                        var bound = i < s_bounds.Length ? s_bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
                        text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{labels}{comma}le=\"{bound}\"}} {all}\n");
                    }

                    text.Append(CultureInfo.InvariantCulture, $"{name}_sum{Braced(labels)} {_sum}\n{name}_count{Braced(labels)} {all}\n");
                    return;
                }

                text.Append(CultureInfo.InvariantCulture, $"{name}{Braced(labels)} {_sum}\n");
            }
        }

        private static string Braced(string labels) => labels.Length == 0 ? "" : $"{{{labels}}}";
    }
}
