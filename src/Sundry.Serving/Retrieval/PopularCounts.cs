using Sundry.Data;

namespace Sundry.Serving;

/// <summary>
/// How popular items are, counted event by event with decay, and the most popular in order, overall and by category. The counts are what is saved; the lists
/// follow from them and from the categories that items have now.
/// </summary>
public sealed class PopularCounts : IEventFold
{
    private readonly PopularityOptions _options;
    private readonly Decay _decay;
    private readonly float[] _weights = new float[EventTypes.Most];
    private readonly Leaders _overall;
    private readonly Dictionary<int, Leaders> _byCategory = [];
    private float[] _counts = [];
    private int[]?[] _categories = [];

    /// <summary>Creates it, knowing nothing.</summary>
    public PopularCounts(string name, PopularityOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.HalfLife, TimeSpan.FromMinutes(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Listed, 1);
        (Name, _options) = (name, options);
        foreach (var (type, weight) in options.Weights) _weights[type] = weight;
        _decay = new Decay(options.HalfLife);
        _overall = new Leaders(options.Listed);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Says which categories an item is in, those above them included; the lists follow at once.</summary>
    public void SetCategories(int item, params ReadOnlySpan<int> categories)
    {
        if (item >= _categories.Length) Array.Resize(ref _categories, Math.Max(item + 1, 2 * _categories.Length));
        foreach (var category in _categories[item] ?? []) Find(category)?.Remove(item);
        var own = _categories[item] = [.. categories.ToArray().Distinct()];
        if (item < _counts.Length && _counts[item] > 0)
            foreach (var category in own) Of(category).Raise(item, 0, _counts[item]);
    }

    /// <inheritdoc/>
    public void Apply(in ShopEvent e)
    {
        if (e.Item < 0 || _weights[e.Type] <= 0) return;
        var weight = _weights[e.Type] * _decay.Weigh(e.Time, out var rescale);
        if (rescale != 1) Rescale(rescale);
        if (e.Item >= _counts.Length) Array.Resize(ref _counts, Math.Max(e.Item + 1, 2 * _counts.Length));
        var before = _counts[e.Item];
        var now = _counts[e.Item] = before + weight;
        // beside a large count a small one may round to nothing
        if (now > before) List(e.Item, before, now);
    }

    /// <summary>Copies the most popular items that are allowed, best first, with their decayed counts at the latest event.</summary>
    /// <param name="category">Of this category; overall where it is -1.</param>
    /// <param name="allowed">The items that may be named.</param>
    /// <param name="into">Takes them, as many as fit.</param>
    /// <returns>How many there are.</returns>
    public int Read(int category, ItemBits allowed, Span<Candidate> into) =>
        (category < 0 ? _overall : Find(category))?.Read(allowed, into, _decay.Present) ?? 0;

    /// <inheritdoc/>
    public void Save(BinaryWriter to)
    {
        _decay.Save(to);
        // room that was made ahead of need is no knowledge
        var last = _counts.AsSpan().LastIndexOfAnyExcept(0f);
        to.Write(last + 1);
        foreach (var count in _counts.AsSpan(0, last + 1)) to.Write(count);
    }

    /// <inheritdoc/>
    public void Load(BinaryReader from)
    {
        _decay.Load(from);
        var count = from.ReadInt32();
        if (count < 0 || from.BaseStream.Length - from.BaseStream.Position < (long)count * sizeof(float)) throw new InvalidDataException("its counts are not all there");
        _counts = new float[count];
        foreach (ref var x in _counts.AsSpan()) x = from.ReadSingle();
        ListAll();
    }

    private void Rescale(float factor)
    {
        foreach (ref var count in _counts.AsSpan()) count *= factor;
        ListAll();
    }

    private void ListAll()
    {
        _overall.Clear();
        lock (_byCategory)
            foreach (var list in _byCategory.Values) list.Clear();
        for (var item = 0; item < _counts.Length; item++)
            if (_counts[item] > 0) List(item, 0, _counts[item]);
    }

    private void List(int item, float before, float now)
    {
        _overall.Raise(item, before, now);
        foreach (var category in item < _categories.Length ? _categories[item] ?? [] : []) Of(category).Raise(item, before, now);
    }

    private Leaders Of(int category)
    {
        lock (_byCategory)
        {
            if (!_byCategory.TryGetValue(category, out var list)) _byCategory.Add(category, list = new Leaders(_options.Listed));
            return list;
        }
    }

    private Leaders? Find(int category)
    {
        lock (_byCategory) return _byCategory.GetValueOrDefault(category);
    }
}
