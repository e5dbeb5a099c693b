namespace Sundry.Serving;

/// <summary>An item, or a user, as followers read it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Attributes">The text of a JSON object; null where it was deleted.</param>
/// <param name="Changed">The position of its last change.</param>
/// <param name="First">The position at which it was first described.</param>
internal sealed record EntityRow(string Id, string? Attributes, long Changed, long First)
{
    /// <summary>The attributes, where somebody has read them already.</summary>
    public AttributeValue[]? Values { get; set; }
}
