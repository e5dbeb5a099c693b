namespace Sundry.Data;

/// <summary>The counters of whole days: which amounts are kept by day, and which of these days each counter reads. Counters of the same amounts share them.</summary>
internal sealed class DayCounters
{
    private readonly List<Kept> _kept = [];
    private readonly List<DaySeries> _series = [];
    private readonly List<Read> _reads = [];
    private int _first;

    /// <summary>Plans those of these counters that are of whole days.</summary>
    /// <exception cref="InputException">A counter names a type of event that the log does not know.</exception>
    public DayCounters(IReadOnlyList<Counter> counters, EventTypes types)
    {
        var lengths = new List<int>();
        for (int i = 0; i < counters.Count; i++)
        {
            var counter = counters[i];
            if (counter.Days == 0) continue;
            var kept = new Kept(CounterPlan.KindOf(counter), CounterPlan.Mask(counter.Events, counter.Name, types), counter.Measure == CounterMeasure.Sum ? counter.Field : null);
            int place = _kept.IndexOf(kept);
            if (place < 0)
            {
                place = _kept.Count;
                _kept.Add(kept);
                lengths.Add(0);
            }

            // today's events are kept too, to be read tomorrow
            lengths[place] = Math.Max(lengths[place], counter.Lag + counter.Days);
            _reads.Add(new Read(i, place, counter.Days, counter.Lag, counter.Level));
        }

        foreach (int length in lengths) _series.Add(new DaySeries(length));
    }

    /// <summary>The key of a kind that an event or a row has; -1 where it has none.</summary>
    public delegate long KeyOf(int kind, CategoryLevel level, int user, int item);

    /// <summary>The day of a moment.</summary>
    public static int Day(long time) => (int)Math.Clamp(time / Duration.Day, 1, int.MaxValue / 2);

    /// <summary>Adds an event.</summary>
    /// <param name="e">The event.</param>
    /// <param name="keyOf">Gives its keys.</param>
    /// <param name="tree">Gives its category and those above it; null where nothing is counted by them.</param>
    public void Add(in ShopEvent e, KeyOf keyOf, CategoryNodes? tree)
    {
        if (_kept.Count == 0) return;
        int day = Day(e.Time);
        if (_first == 0) _first = day;
        for (int i = 0; i < _kept.Count; i++)
        {
            var kept = _kept[i];
            if ((kept.Events >> e.Type & 1) == 0) continue;
            float amount = kept.Field is { } field ? ShopState.Field(e, field) : 1;
            if (float.IsNaN(amount)) continue;
            if (kept.Kind == CounterPlan.Tree)
            {
                foreach (int node in tree!.Of(e.Item)) _series[i].Add(node, day, amount);
            }
            else if (keyOf(kept.Kind, CategoryLevel.Own, e.User, e.Item) is >= 0 and var key)
            {
                _series[i].Add((int)key, day, amount);
            }
        }
    }

    /// <summary>Reads each at its place: how much a day there was; NaN where the row has no such key, or a day lies before the log's first.</summary>
    public void ReadAll(int user, int item, long time, Span<float> values, KeyOf keyOf)
    {
        if (_reads.Count == 0) return;
        int today = Day(time);
        foreach (var read in _reads)
        {
            long key = keyOf(_kept[read.Series].Kind, read.Level, user, item);
            int last = today - read.Lag;
            int first = last - read.Days + 1;
            values[read.Place] = key < 0 || _first == 0 || first < _first ? float.NaN : _series[read.Series].Sum(key, first, last) / read.Days;
        }
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_series.Count);
        writer.Write(_first);
        foreach (var series in _series) series.Save(writer);
    }

    public void Load(BinaryReader reader)
    {
        if (reader.ReadInt32() != _series.Count) throw new InvalidDataException("the state is of other counters");
        _first = reader.ReadInt32();
        foreach (var series in _series) series.Load(reader);
    }

    private readonly record struct Kept(int Kind, ulong Events, EventField? Field);

    private readonly record struct Read(int Place, int Series, int Days, int Lag, CategoryLevel Level);
}
