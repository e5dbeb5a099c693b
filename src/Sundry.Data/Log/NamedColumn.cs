namespace Sundry.Data;

/// <summary>A column of texts as numbers: an attribute of items or users, or a context column of events.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Values">The texts that occur in it.</param>
/// <param name="Numbers">For each item, user or event the number of its text; -1 where it is missing. May be shorter than there are items or users: the rest is missing.</param>
public sealed record NamedColumn(string Name, Names Values, int[] Numbers)
{
    /// <summary>The text's number, or -1 where it is missing.</summary>
    public int this[int index] => (uint)index < (uint)Numbers.Length ? Numbers[index] : -1;
}
