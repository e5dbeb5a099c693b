namespace Sundry.Data;

/// <summary>How an encoder's vectors of a text's tokens become one.</summary>
public enum TextSummary
{
    /// <summary>That of the mark at the text's beginning.</summary>
    First,

    /// <summary>Their mean.</summary>
    Mean,
}
