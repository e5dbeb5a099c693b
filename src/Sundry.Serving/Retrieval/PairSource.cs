using System.Collections.Concurrent;

namespace Sundry.Serving;

/// <summary>Neighbours of the query's newest items: visited or bought together with them. The sum over the items, each counting less than the one after it.</summary>
public sealed class PairSource(PairCounts pairs) : ICandidateSource
{
    /// <summary>The newest items that count.</summary>
    public const int Newest = 10;

    private const float Fading = 0.8f;

    private readonly ConcurrentBag<Room> _free = [];

    /// <inheritdoc/>
    public string Name => pairs.Name;

    /// <inheritdoc/>
    public int Find(CandidateQuery query, Span<Candidate> into)
    {
        var items = query.Items.Span[..Math.Min(Newest, query.Items.Length)];
        if (items.IsEmpty) return 0;
        var room = _free.TryTake(out var free) ? free : new Room();
        var found = room.Find(pairs, items, query.Allowed, into);
        _free.Add(room);
        return found;
    }

    /// <summary>What one search adds up.</summary>
    private sealed class Room
    {
        private readonly ItemTable _table = new();
        private readonly BestItems _best = new();
        private readonly Candidate[] _neighbours = new Candidate[byte.MaxValue];
        private float[] _sums = new float[Newest * 32];

        public int Find(PairCounts pairs, ReadOnlySpan<int> items, ItemBits allowed, Span<Candidate> into)
        {
            _table.Clear();
            var weight = 1f;
            foreach (var item in items)
            {
                var count = pairs.Read(item, _neighbours);
                foreach (var (other, score) in _neighbours.AsSpan(0, count))
                    if (score > 0 && allowed[other]) Add(other, weight * score);
                weight *= Fading;
            }

            _best.Begin(into.Length);
            var found = _table.Items;
            for (var i = 0; i < found.Length; i++)
                if (!items.Contains(found[i])) _best.Add(found[i], _sums[i]);
            return _best.Take(into);
        }

        private void Add(int item, float score)
        {
            var before = _table.Count;
            var place = _table.Take(item);
            if (place == _sums.Length) Array.Resize(ref _sums, 2 * place);
            _sums[place] = place == before ? score : _sums[place] + score;
        }
    }
}
