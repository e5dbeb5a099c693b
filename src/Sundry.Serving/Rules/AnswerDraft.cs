namespace Sundry.Serving;

/// <summary>An answer in the making: pins have their places and their share of the caps from the start, other items come one after the other.</summary>
internal sealed class AnswerDraft
{
    private const int UsualItems = 32;

    private readonly int _count;
    private readonly (int Name, int AtMost)[] _caps;
    private readonly Dictionary<(int Cap, string Value), int>? _used;
    private readonly Queue<(int Place, int Item)> _pins;
    private readonly ItemTable _has;
    private readonly List<RuledItem> _items;

    /// <summary>Begins it; pins in the order of their places. One that a cap forbids is left out.</summary>
    /// <param name="count">How many items it may have.</param>
    /// <param name="caps">How many items of one value of an attribute.</param>
    /// <param name="pins">The items with places of their own.</param>
    /// <param name="has">Takes the items that it has, as long as it is in the making.</param>
    public AnswerDraft(int count, (int Name, int AtMost)[] caps, List<(int Place, int Item, Facts Facts)> pins, ItemTable has)
    {
        (_count, _caps, _has) = (count, caps, has);
        has.Clear();
        _used = caps.Length > 0 ? [] : null;
        _items = new List<RuledItem>(Math.Min(count, UsualItems));
        _pins = new Queue<(int Place, int Item)>(pins.Count);
        foreach (var (place, item, facts) in pins)
        {
            if (!Use(facts)) continue;
            _has.Take(item);
            _pins.Enqueue((place, item));
        }

        PlacePins();
    }

    /// <summary>Items that have a place, now or later.</summary>
    public int Total => _items.Count + _pins.Count;

    /// <summary>Whether there is no room for more.</summary>
    public bool IsFull => Total >= _count;

    /// <summary>The items so far, by place.</summary>
    public List<RuledItem> Items => _items;

    /// <summary>The pinned items whose places are still to come.</summary>
    public IEnumerable<int> Coming => _pins.Select(p => p.Item);

    public bool Has(int item) => _has.Has(item);

    /// <summary>Gives an item the next place; false where the answer is full, has it already, or a cap forbids it, as it then does for good.</summary>
    public bool Place(int item, double score, RuleNotes notes, Facts facts)
    {
        if (IsFull || _has.Has(item) || !Use(facts)) return false;
        _has.Take(item);
        _items.Add(new RuledItem(item, score, notes));
        PlacePins();
        return true;
    }

    /// <summary>The answer; pins behind its end come last.</summary>
    public List<RuledItem> Finish()
    {
        while (_pins.TryDequeue(out var pin)) _items.Add(new RuledItem(pin.Item, double.NaN, RuleNotes.Pinned));
        return _items;
    }

    private void PlacePins()
    {
        while (_pins.TryPeek(out var pin) && pin.Place == _items.Count + 1) _items.Add(new RuledItem(_pins.Dequeue().Item, double.NaN, RuleNotes.Pinned));
    }

    /// <summary>Counts an item in all caps; false, and nothing is counted, where one is used up.</summary>
    private bool Use(Facts facts)
    {
        for (var pass = 0; pass < 2; pass++)
        {
            for (var cap = 0; cap < _caps.Length; cap++)
            {
                var fact = facts[_caps[cap].Name];
                if (fact.Text.Length == 0) continue;
                if (fact.Parts is null)
                {
                    if (!Use(cap, fact.Text, pass)) return false;
                    continue;
                }

                for (var p = 0; p < fact.Parts.Length; p++)
                {
                    // a value that is there twice counts once
                    if (Array.FindIndex(fact.Parts, part => part.Text == fact.Parts[p].Text) == p && !Use(cap, fact.Parts[p].Text, pass)) return false;
                }
            }
        }

        return true;
    }

    private bool Use(int cap, string value, int pass)
    {
        var used = _used!.GetValueOrDefault((cap, value));
        if (pass == 0) return used < _caps[cap].AtMost;
        _used![(cap, value)] = used + 1;
        return true;
    }
}
