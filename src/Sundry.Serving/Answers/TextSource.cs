namespace Sundry.Serving;

/// <summary>Items whose texts have the words of the query.</summary>
internal sealed class TextSource(TextIndex index) : ICandidateSource
{
    /// <inheritdoc/>
    public string Name => "search";

    /// <inheritdoc/>
    public int Find(CandidateQuery query, Span<Candidate> into) => query.Text is { } text ? index.Search(text, query.Allowed, into) : 0;
}
