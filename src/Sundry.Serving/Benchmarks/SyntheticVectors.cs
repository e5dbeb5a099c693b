namespace Sundry.Serving;

/// <summary>Random vectors that vary in a few directions, as learned embeddings do, or in all alike.</summary>
internal sealed class SyntheticVectors
{
    private const float Noise = 0.1f;
    private readonly int _width;
    private readonly int _directions;
    private readonly float[] _axes;
    private readonly Random _random;

    public SyntheticVectors(int width, int directions, int seed)
    {
        (_width, _directions, _random) = (width, directions, new Random(seed));
        _axes = new float[directions * width];
        foreach (ref var x in _axes.AsSpan()) x = Normal();
    }

    /// <summary>[count × width] further vectors.</summary>
    public float[] Draw(int count)
    {
        var vectors = new float[count * _width];
        for (var i = 0; i < count; i++)
        {
            var vector = vectors.AsSpan(i * _width, _width);
            foreach (ref var x in vector) x = Normal() * (_directions == 0 ? 1 : Noise);
            for (var d = 0; d < _directions; d++)
            {
                var along = Normal();
                var axis = _axes.AsSpan(d * _width, _width);
                for (var column = 0; column < _width; column++) vector[column] += along * axis[column];
            }
        }

        return vectors;
    }

    /// <summary>The vectors with the greatest products, one after the other in float: what a search is held against.</summary>
    public static HashSet<int> Best(float[] vectors, ReadOnlySpan<float> query, int top)
    {
        var best = new PriorityQueue<int, float>();
        var (n, least) = (vectors.Length / query.Length, float.NegativeInfinity);
        for (var i = 0; i < n; i++)
        {
            var product = VectorSimilarity.Product(vectors.AsSpan(i * query.Length, query.Length), query);
            if (best.Count == top && product <= least) continue;
            if (best.Count == top) best.DequeueEnqueue(i, product);
            else best.Enqueue(i, product);
            best.TryPeek(out _, out least);
        }

        return [.. best.UnorderedItems.Select(x => x.Element)];
    }

    private float Normal() => MathF.Sqrt(-2 * MathF.Log(1 - _random.NextSingle())) * MathF.Cos(2 * MathF.PI * _random.NextSingle());
}
