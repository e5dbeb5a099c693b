namespace Sundry.Serving;

/// <summary>An item that a source proposes.</summary>
/// <param name="Item">Its number.</param>
/// <param name="Score">How much its source is for it; comparable within one source's answer alone.</param>
public readonly record struct Candidate(int Item, float Score) : IComparable<Candidate>
{
    /// <summary>The higher score first; of equal ones the lower number.</summary>
    public int CompareTo(Candidate other) => Score != other.Score ? other.Score.CompareTo(Score) : Item.CompareTo(other.Item);
}
