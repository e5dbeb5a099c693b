namespace Sundry.Serving;

/// <summary>Items whose texts share rare words with those of the query's newest items: content alone, so that an item counts from the moment it is there.</summary>
internal sealed class AlikeSource(TextIndex index) : ICandidateSource
{
    /// <inheritdoc/>
    public string Name => "similar";

    /// <inheritdoc/>
    public int Find(CandidateQuery query, Span<Candidate> into) =>
        query.Items.IsEmpty ? 0 : index.Like(query.Items.Span[..Math.Min(SimilarSource.Newest, query.Items.Length)], query.Allowed, into);
}
