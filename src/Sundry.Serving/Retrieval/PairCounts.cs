using Sundry.Data;

namespace Sundry.Serving;

/// <summary>
/// How often items occur together, counted event by event with decay: for each item its strongest neighbours, at most so many. Where they are too many the weakest gives its
/// place and its count to the newcomer, so that a pair that keeps occurring is never lost (Metwally, Agrawal and El Abbadi, "Space-saving", ICDT
/// 2005). An event costs a bounded number of steps, and moves of the landmark aside (<see cref="Decay"/>) none of them grows with the shop.
/// </summary>
public sealed class PairCounts : IEventFold
{
    private const int MostItems = 1 << 26;

    private readonly PairOptions _options;
    private readonly ulong _types;
    private readonly long _window;
    private readonly Decay _decay;
    private readonly RecentItems _recent;
    private readonly Func<int>? _items;
    private Neighbours?[] _neighbours = [];

    /// <summary>Creates it, knowing nothing.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="options">What is counted.</param>
    /// <param name="items">How many items there are when it is loaded: a file that names others is damaged, and takes no memory for them. Null: not known.</param>
    public PairCounts(string name, PairOptions options, Func<int>? items = null)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(options.Neighbours, Math.Clamp(options.Neighbours, 1, byte.MaxValue));
        ArgumentOutOfRangeException.ThrowIfNotEqual(options.Recent, Math.Clamp(options.Recent, 1, byte.MaxValue));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Visitors, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.HalfLife, TimeSpan.FromMinutes(1));
        (Name, _options, _items, _window) = (name, options, items, (long)options.Window.TotalMilliseconds);
        foreach (var type in options.Types) _types |= 1UL << type;
        _decay = new Decay(options.HalfLife);
        _recent = new RecentItems(options.Recent, options.Visitors);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public void Apply(in ShopEvent e)
    {
        if (e.Item is < 0 or >= MostItems || ((_types >> e.Type) & 1) == 0) return;
        var (visitor, other) = _options.AcrossVisits ? (e.User, e.Session) : (e.Session, e.User);
        if (visitor < 0 && other < 0) return;
        var weight = _decay.Weigh(e.Time, out var rescale);
        if (rescale != 1) Rescale(rescale);
        // numbers of users and of visits are two kinds of keys
        var recent = _recent.Touch(visitor >= 0 ? 2L * visitor : 2L * other + 1);
        recent.Forget(e.Time - _window);
        var again = recent.Items.Contains(e.Item);
        if (!again && weight > 0)
        {
            var own = Of(e.Item);
            own.Count(weight);
            foreach (var item in recent.Items)
            {
                own.Add(item, weight, _options.Neighbours);
                Of(item).Add(e.Item, weight, _options.Neighbours);
            }
        }

        recent.Add(e.Item, e.Time);
    }

    /// <summary>Copies an item's neighbours, in no order, with pairs / √(count × neighbour's count), which is 1 where neither occurs without the other.</summary>
    /// <param name="item">The item; one that is not known has none.</param>
    /// <param name="into">Takes them; at least <see cref="PairOptions.Neighbours"/>.</param>
    /// <returns>How many there are.</returns>
    public int Read(int item, Span<Candidate> into)
    {
        var all = Volatile.Read(ref _neighbours);
        if ((uint)item >= (uint)all.Length || Volatile.Read(ref all[item]) is not { } own) return 0;
        var count = own.Copy(into, out var total);
        for (var i = 0; i < count; i++)
        {
            var other = into[i].Item < all.Length ? Volatile.Read(ref all[into[i].Item]) : null;
            // weights of one landmark, but rounded sums
            into[i] = into[i] with { Score = other is null ? 0 : MathF.Min(1, into[i].Score / MathF.Sqrt(total * other.Total)) };
        }

        return count;
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter to)
    {
        _decay.Save(to);
        _recent.Save(to);
        to.Write(_neighbours.Count(n => n is not null));
        for (var item = 0; item < _neighbours.Length; item++)
        {
            if (_neighbours[item] is not { } own) continue;
            to.Write(item);
            own.Save(to);
        }
    }

    /// <inheritdoc/>
    public void Load(BinaryReader from)
    {
        _decay.Load(from);
        _recent.Load(from);
        _neighbours = [];
        var count = from.ReadInt32();
        var items = Math.Min(_items?.Invoke() ?? MostItems, MostItems);
        for (var (i, before) = (0, -1); i < count; i++)
        {
            var item = from.ReadInt32();
            if (item <= before || item >= items) throw new InvalidDataException("its items are not in order, or too many");
            Of(item).Load(from, _options.Neighbours);
            before = item;
        }
    }

    private Neighbours Of(int item)
    {
        if (item >= _neighbours.Length)
        {
            var larger = new Neighbours?[Math.Max(item + 1, Math.Min(2 * _neighbours.Length, Array.MaxLength))];
            _neighbours.CopyTo(larger, 0);
            Volatile.Write(ref _neighbours, larger);
        }

        if (_neighbours[item] is { } own) return own;
        own = new Neighbours();
        Volatile.Write(ref _neighbours[item], own);
        return own;
    }

    private void Rescale(float factor)
    {
        foreach (var own in _neighbours) own?.Rescale(factor);
    }
}
