namespace Sundry.Data;

/// <summary>Which items are drawn as negatives.</summary>
public enum NegativeRule
{
    /// <summary>Every item known by then, each as often.</summary>
    Uniform,

    /// <summary>Items as often as they had events of the rows' type by then.</summary>
    Popularity,
}
