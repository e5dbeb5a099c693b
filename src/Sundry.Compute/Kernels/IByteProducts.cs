namespace Sundry.Compute;

/// <summary>The products of a query with the 32 rows of a <see cref="ByteBlock"/>, for one kind of hardware.</summary>
internal unsafe interface IByteProducts
{
    /// <summary>scores[r] = scale[r] · Σ row[r] query, for 32 rows.</summary>
    /// <param name="block">The block.</param>
    /// <param name="groups">Groups of four columns.</param>
    /// <param name="query">[groups] the query's bytes, four an integer.</param>
    /// <param name="sizes">[groups] their absolute values.</param>
    /// <param name="scores">Takes the 32 scores; aligned to 32 bytes.</param>
    /// <param name="threshold">What a score must exceed to be named.</param>
    /// <returns>A bit for each row whose score exceeds the threshold.</returns>
    static abstract uint Above(sbyte* block, int groups, int* query, int* sizes, float* scores, float threshold);
}
