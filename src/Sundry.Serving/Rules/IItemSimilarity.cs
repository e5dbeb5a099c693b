namespace Sundry.Serving;

/// <summary>How alike items are, for the diversity of an answer. Any number of threads may ask at once.</summary>
public interface IItemSimilarity
{
    /// <summary>Looks some items up, so that they can be compared; dispose of it, and its room is used again.</summary>
    /// <param name="items">The items that the answer may have.</param>
    IItemLikeness Among(ReadOnlySpan<int> items);
}
