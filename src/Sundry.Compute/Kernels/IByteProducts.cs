namespace Sundry.Compute;

/// <summary>The products of a query with the rows of a <see cref="ByteBlock"/>, for one kind of hardware.</summary>
internal unsafe interface IByteProducts
{
    /// <summary>
    /// sums[r] = A of 32 rows by their high halves, and which of them may have a score above the threshold. The bound 16 A + <see cref="ByteQuery.Most"/> is a whole number, none
    /// less than the row's product; conversion to a float and multiplication by a scale, which is not negative, round in order, so its
    /// score is none less than the row's either.
    /// </summary>
    /// <param name="high">The block's high part.</param>
    /// <param name="query">The query.</param>
    /// <param name="spread">The greatest spread of the rows.</param>
    /// <param name="threshold">What a score must exceed.</param>
    /// <param name="sums">Takes the 32 sums.</param>
    /// <returns>A bit for each row whose bound exceeds the threshold.</returns>
    static abstract uint Near(byte* high, in ByteQuery query, float spread, float threshold, int* sums);

    /// <summary>Σlq of a row.</summary>
    /// <param name="low">The row's low halves.</param>
    /// <param name="query">The query.</param>
    static abstract int Low(byte* low, in ByteQuery query);
}
