namespace Sundry.Serving;

/// <summary>
/// An item's count and its strongest neighbours. What a neighbour took over from the one whose place it got decides who goes next, and is no pair of its own: it is
/// remembered beside the weight. One thread changes it, others copy: for the few moments of either it is locked.
/// </summary>
internal sealed class Neighbours
{
    private const int FewAtFirst = 4;
    private int[] _items = [];
    private float[] _weights = [];
    private float[] _takenOver = [];
    private int _count;
    private float _total;

    /// <summary>The decayed count of the item itself.</summary>
    public float Total => Volatile.Read(ref _total);

    public void Count(float weight) => Volatile.Write(ref _total, _total + weight);

    public void Add(int item, float weight, int most)
    {
        lock (this)
        {
            var at = _items.AsSpan(0, _count).IndexOf(item);
            if (at < 0 && _count < most)
            {
                if (_count == _items.Length)
                {
                    var room = Math.Min(most, Math.Max(FewAtFirst, 2 * _count));
                    Array.Resize(ref _items, room);
                    Array.Resize(ref _weights, room);
                    Array.Resize(ref _takenOver, room);
                }

                (_items[_count], _weights[_count], _takenOver[_count]) = (item, 0, 0);
                at = _count++;
            }
            else if (at < 0)
            {
                at = 0;
                for (var i = 1; i < _count; i++)
                    if (_weights[i] < _weights[at]) at = i;
                (_items[at], _takenOver[at]) = (item, _weights[at]);
            }

            _weights[at] += weight;
        }
    }

    public int Copy(Span<Candidate> into, out float total)
    {
        lock (this)
        {
            total = _total;
            for (var i = 0; i < _count; i++) into[i] = new Candidate(_items[i], _weights[i] - _takenOver[i]);
            return _count;
        }
    }

    public void Rescale(float factor)
    {
        lock (this)
        {
            _total *= factor;
            foreach (ref var weight in _weights.AsSpan(0, _count)) weight *= factor;
            foreach (ref var weight in _takenOver.AsSpan(0, _count)) weight *= factor;
        }
    }

    public void Save(BinaryWriter to)
    {
        to.Write(_total);
        to.Write((byte)_count);
        for (var i = 0; i < _count; i++)
        {
            to.Write(_items[i]);
            to.Write(_weights[i]);
            to.Write(_takenOver[i]);
        }
    }

    public void Load(BinaryReader from, int most)
    {
        _total = from.ReadSingle();
        _count = from.ReadByte();
        if (_count > most) throw new InvalidDataException($"an item has {_count} neighbours, and the settings allow {most}");
        (_items, _weights, _takenOver) = (new int[_count], new float[_count], new float[_count]);
        for (var i = 0; i < _count; i++)
        {
            (_items[i], _weights[i], _takenOver[i]) = (from.ReadInt32(), from.ReadSingle(), from.ReadSingle());
            if (_items[i] < 0) throw new InvalidDataException("a neighbour is no item");
        }
    }
}
