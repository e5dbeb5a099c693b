using System.Runtime.InteropServices;

namespace Sundry.Data;

/// <summary>For each node, numbered densely, at most so many edges: a node without any takes four bytes.</summary>
/// <param name="length">The most edges of a node.</param>
internal sealed class EdgeTable(int length)
{
    // one more than the place of the node's edges; 0 where it has none
    private int[] _places = [];
    private Edge[] _edges = [];
    // edges that ever were added to the node of a place
    private int[] _added = [];
    private int _used;

    /// <summary>A node's edges, in no order that means anything after <see cref="AddRandom"/>, else the oldest first.</summary>
    public ReadOnlySpan<Edge> Of(int node)
    {
        if ((uint)node >= (uint)_places.Length || _places[node] == 0) return default;
        int place = _places[node] - 1;
        return _edges.AsSpan(place * length, Math.Min(_added[place], length));
    }

    /// <summary>Adds the newest edge; an item that is there already moves to the end, else the oldest is forgotten where there is no room.</summary>
    public void AddRecent(int node, in Edge edge)
    {
        int place = Place(node);
        int count = Math.Min(_added[place], length);
        var edges = _edges.AsSpan(place * length, length);
        int gone = 0;
        while (gone < count && edges[gone].Item != edge.Item) gone++;
        if (gone == count && count < length)
        {
            edges[count] = edge;
            _added[place]++;
            return;
        }

        if (gone == count) gone = 0;
        edges[(gone + 1)..count].CopyTo(edges[gone..]);
        edges[count - 1] = edge;
    }

    /// <summary>Adds an edge to a uniform sample of all that were added (J. Vitter's algorithm R).</summary>
    public void AddRandom(int node, in Edge edge, ulong seed)
    {
        int place = Place(node);
        int before = _added[place];
        if (before < int.MaxValue) _added[place]++;
        int into = before < length ? before : (int)(ByteHash.Unit(ByteHash.Of((long)node << 32 | (uint)before, seed)) * ((double)before + 1));
        if (into < length) _edges[place * length + into] = edge;
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_used);
        writer.Write(MemoryMarshal.AsBytes(_edges.AsSpan(0, _used * length)));
        writer.Write(MemoryMarshal.AsBytes(_added.AsSpan(0, _used)));
        writer.Write(_places.Length);
        writer.Write(MemoryMarshal.AsBytes(_places.AsSpan()));
    }

    public void Load(BinaryReader reader)
    {
        _used = reader.ReadInt32();
        if (_used < 0 || (long)_used * length > Array.MaxLength) throw new InvalidDataException("the state is damaged: its edges are more than there may be");
        _edges = StateFile.Read<Edge>(reader, _used * length);
        _added = StateFile.Read<int>(reader, _used);
        _places = StateFile.Read<int>(reader, reader.ReadInt32());
        foreach (int added in _added) Check(added > 0);
        foreach (int place in _places) Check(place >= 0 && place <= _used);
        foreach (var edge in _edges) Check(edge.Item >= 0);
    }

    private int Place(int node)
    {
        if (node >= _places.Length) Array.Resize(ref _places, Math.Max(node + 1, _places.Length * 2));
        if (_places[node] > 0) return _places[node] - 1;
        if (_used == _added.Length)
        {
            int room = Math.Max(16, (int)Math.Min(Array.MaxLength / length, _used + _used / 2L));
            if (room == _used) throw new InputException("the neighbours of all users and items are more than fit into memory; set a shorter 'length'");
            Array.Resize(ref _added, room);
            Array.Resize(ref _edges, room * length);
        }

        _places[node] = ++_used;
        return _used - 1;
    }

    private static void Check(bool holds)
    {
        if (!holds) throw new InvalidDataException("the state is damaged: an edge leads nowhere");
    }
}
