namespace Sundry.Serving;

/// <summary>An item, or a user, as the shop described it last.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Attributes">What the shop says of it, as the text of a JSON object; null where it was deleted.</param>
/// <param name="Position">The position of its last change.</param>
public sealed record StoredItem(string Id, string? Attributes, long Position);
