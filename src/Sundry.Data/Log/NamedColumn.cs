namespace Sundry.Data;

/// <summary>A column of texts as numbers: an attribute of items or users, or a context column of events.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Values">The texts that occur in it.</param>
/// <param name="Numbers">For each item, user or event the number of its text; -1 where it is missing. May be shorter than there are items or users: the rest is missing.</param>
public sealed record NamedColumn(string Name, Names Values, int[] Numbers)
{
    /// <summary>For each item, user or event the number of its text; -1 where it is missing. May be shorter or longer than there are items or users; what is beyond is missing.</summary>
    public int[] Numbers { get; private set; } = Numbers;

    /// <summary>How often <see cref="Set"/> has changed anything.</summary>
    internal int Changes { get; private set; }

    /// <summary>The text's number, or -1 where it is missing.</summary>
    public int this[int index] => Numbers is var numbers && (uint)index < (uint)numbers.Length ? numbers[index] : -1;

    /// <summary>Changes the text of one. One thread may do this while others read; they see the one or the other.</summary>
    /// <param name="index">The item or user.</param>
    /// <param name="number">The number of its text among <see cref="Values"/>; -1: it is missing.</param>
    public void Set(int index, int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        if (index >= Numbers.Length)
        {
            if (number < 0) return;
            var larger = new int[(int)Math.Min(Array.MaxLength, Math.Max(index + 1, 2L * Numbers.Length))];
            Numbers.CopyTo(larger, 0);
            larger.AsSpan(Numbers.Length).Fill(-1);
            larger[index] = number;
            Thread.MemoryBarrier();
            Numbers = larger;
            Changes++;
            return;
        }

        if (Numbers[index] == number) return;
        Numbers[index] = number;
        Changes++;
    }
}
