namespace Sundry.Serving;

/// <summary>A named document, such as a rule or a scenario.</summary>
/// <param name="Kind">What it is, such as <c>rule</c>.</param>
/// <param name="Name">Its name among those of its kind.</param>
/// <param name="Version">1 at first, one more at every change, its deletion included.</param>
/// <param name="Content">The text of a JSON object; null where it was deleted.</param>
/// <param name="Position">The position of its last change.</param>
public sealed record StoredDocument(string Kind, string Name, int Version, string? Content, long Position);
