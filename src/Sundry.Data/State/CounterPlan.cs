namespace Sundry.Data;

/// <summary>Counters taken apart into tallies: which of them an event adds to, and which of them a counter is read from. Counters that need the same tally share it.</summary>
internal sealed class CounterPlan
{
    /// <summary>Categories with those above them; the kinds before this are those of <see cref="CounterOf"/>.</summary>
    public const int Tree = 6;

    /// <summary>Users with categories and those above them.</summary>
    public const int UserTree = 7;

    /// <summary>How many kinds of keys there are.</summary>
    public const int Kinds = 8;

    private readonly List<Slot>[] _slots = new List<Slot>[Kinds];

    /// <summary>Plans these counters for a log with these types of events.</summary>
    /// <exception cref="InputException">A counter names a type of event that the log does not know.</exception>
    public CounterPlan(IReadOnlyList<Counter> counters, EventTypes types)
    {
        for (int kind = 0; kind < Kinds; kind++) _slots[kind] = [];
        Reads = new CounterRead[counters.Count];
        for (int i = 0; i < Reads.Length; i++)
        {
            var counter = counters[i];
            // whole days are kept elsewhere
            if (counter.Days > 0)
            {
                Reads[i] = new CounterRead(-1, counter.Measure, false, 0, 0, -1, -1, -1, -1, counter.Level);
                continue;
            }

            ulong events = Mask(counter.Events, counter.Name, types);
            ulong per = Mask(counter.Per, counter.Name, types);
            float fading = counter.Window == 0 ? 0 : (float)(1000.0 / counter.Window);
            var amount = counter.Measure is CounterMeasure.Count or CounterMeasure.Since ? Amount.One : Amount.Field;
            // the last value and the time since it fade with nothing
            if (counter.Measure is CounterMeasure.Last or CounterMeasure.Since) fading = 0;
            var top = new Slot(events, amount, counter.Field, fading, counter.Measure == CounterMeasure.Last);
            var bottom = counter.Measure == CounterMeasure.Mean ? top with { Amount = Amount.OneOfField } : new Slot(per, Amount.One, EventField.Value, fading, false);
            bool divided = counter.Per.Count > 0;
            bool two = divided || counter.Measure == CounterMeasure.Mean;
            int kind = KindOf(counter);
            Reads[i] = new CounterRead(
                kind, counter.Measure, divided, fading, (float)counter.Prior, Find(kind, top), two ? Find(kind, bottom) : -1,
                divided ? Find((int)CounterOf.Shop, top) : -1, divided ? Find((int)CounterOf.Shop, bottom) : -1, counter.Level);
        }

        Adds = new CounterAdd[Kinds][][];
        for (int kind = 0; kind < Kinds; kind++)
        {
            Adds[kind] = new CounterAdd[EventTypes.Most][];
            for (int type = 0; type < EventTypes.Most; type++)
                Adds[kind][type] = [.. _slots[kind].Select((slot, place) => (slot, place)).Where(s => (s.slot.Events >> type & 1) == 1).Select(s => new CounterAdd(s.place, s.slot.Amount, s.slot.Field, s.slot.Fading, s.slot.Sets))];
        }
    }

    /// <summary>How a counter adds to a tally.</summary>
    internal enum Amount : byte
    {
        One,
        Field,
        OneOfField,
    }

    /// <summary>How each counter is read.</summary>
    public CounterRead[] Reads { get; }

    /// <summary>[kind][event type] what an event adds.</summary>
    public CounterAdd[][][] Adds { get; }

    /// <summary>The kind of a counter's keys.</summary>
    public static int KindOf(Counter counter) => !counter.Tree ? (int)counter.Of : counter.Of == CounterOf.Category ? Tree : UserTree;

    /// <summary>How many tallies a key of a kind has.</summary>
    public int Width(int kind) => _slots[kind].Count;

    /// <summary>Types of events as a set of bits.</summary>
    public static ulong Mask(IReadOnlyList<string> events, string feature, EventTypes types)
    {
        ulong mask = 0;
        foreach (var name in events)
        {
            int type = types.Find(name);
            if (type < 0) throw new InputException($"features.{feature} names the event '{name}', which the log does not have{NearestName.Ask(name, types.Names)}");
            mask |= 1UL << type;
        }

        return mask;
    }

    private int Find(int kind, Slot slot)
    {
        int place = _slots[kind].IndexOf(slot);
        if (place >= 0) return place;
        _slots[kind].Add(slot);
        return _slots[kind].Count - 1;
    }

    private readonly record struct Slot(ulong Events, Amount Amount, EventField Field, float Fading, bool Sets);
}

/// <summary>What an event adds to one tally of a key.</summary>
internal readonly record struct CounterAdd(int Slot, CounterPlan.Amount Amount, EventField Field, float Fading, bool Sets);

/// <summary>How a counter is read from a key's tallies, and its prior from the shop's.</summary>
internal readonly record struct CounterRead(int Kind, CounterMeasure Measure, bool Divided, float Fading, float Prior, int Top, int Bottom, int ShopTop, int ShopBottom, CategoryLevel Level);
