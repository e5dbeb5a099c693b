namespace Sundry.Serving;

/// <summary>How alike items are, for the diversity of an answer. Any number of threads may ask at once.</summary>
public interface IItemSimilarity
{
    /// <summary>Gives how alike the items at two places of a list are: from 0, nothing in common, to 1, the same.</summary>
    /// <param name="items">The items that the answer may have.</param>
    Func<int, int, double> Among(IReadOnlyList<int> items);
}
