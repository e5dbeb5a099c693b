using System.Runtime.InteropServices;

namespace Sundry.Data;

/// <summary>For each node, numbered densely, at most so many edges: a node without any takes four bytes.</summary>
/// <param name="length">The most edges of a node.</param>
internal sealed class EdgeTable<TEdge>(int length)
    where TEdge : unmanaged, IEdge
{
    // one more than the place of the node's edges; 0 where it has none
    private int[] _places = [];
    private TEdge[] _edges = [];
    // edges that ever were added to the node of a place
    private int[] _added = [];
    private int _used;

    /// <summary>A node's edges, in no order that means anything after <see cref="AddRandom"/>, else the oldest first.</summary>
    public ReadOnlySpan<TEdge> Of(int node)
    {
        if ((uint)node >= (uint)_places.Length || _places[node] == 0) return default;
        int place = _places[node] - 1;
        return _edges.AsSpan(place * length, Math.Min(_added[place], length));
    }

    /// <summary>Adds the newest edge; an item that is there already moves to the end, else the oldest is forgotten where there is no room.</summary>
    public void AddRecent(int node, in TEdge edge)
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
    /// <param name="node">The node.</param>
    /// <param name="edge">The edge.</param>
    /// <param name="seed">What is drawn with: the node's own.</param>
    public void AddRandom(int node, in TEdge edge, ulong seed)
    {
        int place = Place(node);
        int before = _added[place];
        if (before < int.MaxValue) _added[place]++;
        int into = before < length ? before : (int)(ByteHash.Unit(ByteHash.Of(before, seed)) * ((double)before + 1));
        if (into < length) _edges[place * length + into] = edge;
    }

    /// <summary>Gives a node these edges instead of those it has, the oldest first.</summary>
    public void Set(int node, ReadOnlySpan<TEdge> edges)
    {
        if (edges.IsEmpty && ((uint)node >= (uint)_places.Length || _places[node] == 0)) return;
        int place = Place(node);
        edges.CopyTo(_edges.AsSpan(place * length, length));
        _added[place] = edges.Length;
    }

    /// <summary>Writes the edges, node by node: the same bytes in whatever order the nodes got theirs.</summary>
    public void Save(BinaryWriter writer)
    {
        int nodes = _places.Length;
        while (nodes > 0 && Added(nodes - 1) == 0) nodes--;
        writer.Write(nodes);
        for (int node = 0; node < nodes; node++) writer.Write(Added(node));
        for (int node = 0; node < nodes; node++) writer.Write(MemoryMarshal.AsBytes(Of(node)));
    }

    public void Load(BinaryReader reader)
    {
        var added = StateFile.Read<int>(reader, reader.ReadInt32());
        long edges = 0;
        (_places, _used) = (new int[added.Length], 0);
        for (int node = 0; node < added.Length; node++)
        {
            Check(added[node] >= 0);
            if (added[node] > 0) _places[node] = ++_used;
            edges += Math.Min(added[node], length);
        }

        if ((long)_used * length > Array.MaxLength) throw new InvalidDataException("the state is damaged: its edges are more than there may be");
        var all = StateFile.Read<TEdge>(reader, (int)edges).AsSpan();
        foreach (ref readonly var edge in all) Check(edge.Item >= 0);
        (_edges, _added) = (new TEdge[_used * length], [.. added.Where(static count => count > 0)]);
        for (int place = 0; place < _used; place++)
        {
            int count = Math.Min(_added[place], length);
            all[..count].CopyTo(_edges.AsSpan(place * length));
            all = all[count..];
        }
    }

    private int Added(int node) => _places[node] == 0 ? 0 : _added[_places[node] - 1];

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
