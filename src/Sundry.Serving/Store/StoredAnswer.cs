namespace Sundry.Serving;

/// <summary>An answer that was given: for its next page, to be explained, and for what becomes of it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="User">To whom; null where nobody was known.</param>
/// <param name="Session">In which visit; null where none was told.</param>
/// <param name="Content">What is kept of it, as the text of a JSON object.</param>
public sealed record StoredAnswer(string Id, string? User, string? Session, string Content);
