namespace Sundry.Serving;

/// <summary>The last items of the visitors who were here last: at most so many of each, of at most so many visitors; the one away the longest is forgotten first.</summary>
internal sealed class RecentItems(int each, int visitors)
{
    private readonly Dictionary<long, LinkedListNode<Visitor>> _known = [];
    private readonly LinkedList<Visitor> _order = new();     // the one away the longest first

    /// <summary>A visitor's items, oldest first; made where it is not known, and from now on the one who was here last.</summary>
    public Visitor Touch(long key)
    {
        if (_known.TryGetValue(key, out var node))
        {
            _order.Remove(node);
            _order.AddLast(node);
            return node.Value;
        }

        if (_known.Count == visitors)
        {
            // the place of the one who is forgotten is used again
            node = _order.First!;
            _order.RemoveFirst();
            _known.Remove(node.Value.Key);
            node.Value.Restart(key);
        }
        else
        {
            node = new LinkedListNode<Visitor>(new Visitor(each, key));
        }

        _order.AddLast(node);
        _known.Add(key, node);
        return node.Value;
    }

    public void Save(BinaryWriter to)
    {
        to.Write(_order.Count);
        foreach (var visitor in _order) visitor.Save(to);
    }

    public void Load(BinaryReader from)
    {
        _known.Clear();
        _order.Clear();
        var count = from.ReadInt32();
        if (count < 0 || count > visitors) throw new InvalidDataException($"it knows {count} visitors, and the settings allow {visitors}");
        for (var i = 0; i < count; i++)
        {
            var visitor = Visitor.Load(from, each);
            if (!_known.TryAdd(visitor.Key, _order.AddLast(visitor))) throw new InvalidDataException("a visitor is there twice");
        }
    }

    /// <summary>One visitor's items.</summary>
    internal sealed class Visitor(int most, long key)
    {
        private readonly int[] _items = new int[most];
        private readonly long[] _times = new long[most];
        private int _count;

        public long Key { get; private set; } = key;

        public ReadOnlySpan<int> Items => _items.AsSpan(0, _count);

        public ReadOnlySpan<long> Times => _times.AsSpan(0, _count);

        /// <summary>Forgets what was before a moment.</summary>
        public void Forget(long before)
        {
            var kept = 0;
            for (var i = 0; i < _count; i++)
                if (_times[i] >= before) (_items[kept], _times[kept++]) = (_items[i], _times[i]);
            _count = kept;
        }

        /// <summary>Puts an item last; the first falls out where there is no room.</summary>
        public void Add(int item, long time)
        {
            var at = Items.IndexOf(item);
            if (at < 0 && _count == _items.Length) at = 0;
            if (at >= 0)
            {
                Array.Copy(_items, at + 1, _items, at, _count - at - 1);
                Array.Copy(_times, at + 1, _times, at, _count - at - 1);
                _count--;
            }

            (_items[_count], _times[_count]) = (item, time);
            _count++;
        }

        public void Restart(long key) => (Key, _count) = (key, 0);

        public void Save(BinaryWriter to)
        {
            to.Write(Key);
            to.Write((byte)_count);
            for (var i = 0; i < _count; i++)
            {
                to.Write(_items[i]);
                to.Write(_times[i]);
            }
        }

        public static Visitor Load(BinaryReader from, int most)
        {
            var visitor = new Visitor(most, from.ReadInt64());
            var count = from.ReadByte();
            if (count > most) throw new InvalidDataException($"a visitor has {count} items, and the settings allow {most}");
            for (var i = 0; i < count; i++)
            {
                var item = from.ReadInt32();
                if (item < 0) throw new InvalidDataException("a visitor was at what is no item");
                visitor.Add(item, from.ReadInt64());
            }

            return visitor;
        }
    }
}
