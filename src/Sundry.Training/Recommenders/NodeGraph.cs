namespace Sundry.Training;

/// <summary>
/// A graph of users, items and attribute values, nodes numbered in that order: who had to do with what (weight 1), friends, and whose values are whose. Edges go both ways.
/// </summary>
internal sealed class NodeGraph
{
    private readonly int[] _offsets;
    private readonly int[] _neighbours;
    private readonly float[] _shares;

    /// <param name="pairs">The interactions, friends and columns.</param>
    /// <param name="friends">The weight of an edge between friends; 0: none.</param>
    /// <param name="attributes">The weight of an edge between an item or a user and one of its values; 0: none.</param>
    public NodeGraph(Interactions pairs, double friends, double attributes)
    {
        var (ofItems, ofUsers) = attributes > 0
            ? (new AttributeIndex(pairs.ItemColumns, pairs.ItemCount), new AttributeIndex(pairs.UserColumns, pairs.UserCount))
            : (null, null);
        var values = pairs.UserCount + pairs.ItemCount;
        Nodes = values + (ofItems?.Count ?? 0) + (ofUsers?.Count ?? 0);
        var edges = new List<(int Node, float Weight)>[Nodes];
        for (var node = 0; node < Nodes; node++) edges[node] = [];
        for (var user = 0; user < pairs.UserCount; user++)
            foreach (var item in pairs.ItemsOf(user)) Join(user, pairs.UserCount + item, 1);
        if (friends > 0)
            foreach (var (user, friend) in pairs.Friends) Join(user, friend, (float)friends);
        for (var item = 0; ofItems is not null && item < pairs.ItemCount; item++)
            foreach (var value in ofItems[item]) Join(pairs.UserCount + item, values + value, (float)attributes);
        for (var user = 0; ofUsers is not null && user < pairs.UserCount; user++)
            foreach (var value in ofUsers[user]) Join(user, values + ofItems!.Count + value, (float)attributes);

        var degrees = Array.ConvertAll(edges, e => e.Sum(n => n.Weight));
        _offsets = new int[Nodes + 1];
        for (var node = 0; node < Nodes; node++) _offsets[node + 1] = _offsets[node] + edges[node].Count;
        _neighbours = [.. edges.SelectMany(e => e.Select(n => n.Node))];
        _shares = [.. edges.SelectMany((e, node) => e.Select(n => n.Weight / MathF.Sqrt(degrees[node] * degrees[n.Node])))];

        void Join(int a, int b, float weight)
        {
            edges[a].Add((b, weight));
            edges[b].Add((a, weight));
        }
    }

    /// <summary>Users, items and values.</summary>
    public int Nodes { get; }

    /// <summary>A node's neighbours.</summary>
    public ReadOnlySpan<int> NeighboursOf(int node) => _neighbours.AsSpan(_offsets[node], _offsets[node + 1] - _offsets[node]);

    /// <summary>What each of <see cref="NeighboursOf"/> counts: its edge's weight by the root of both degrees.</summary>
    public ReadOnlySpan<float> SharesOf(int node) => _shares.AsSpan(_offsets[node], _offsets[node + 1] - _offsets[node]);
}
