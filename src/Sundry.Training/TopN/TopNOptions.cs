namespace Sundry.Training;

/// <summary>How lists are made and judged.</summary>
public sealed record TopNOptions
{
    /// <summary>The length of the lists.</summary>
    /// <value>Default: 10.</value>
    public int Count { get; init; } = 10;

    /// <summary>Whether what a user had to do with in the training part is left out of the list.</summary>
    /// <value>Default: true.</value>
    public bool Unseen { get; init; } = true;

    /// <summary>[items] which items may stand in a list; null: all.</summary>
    public bool[]? Allowed { get; init; }

    /// <summary>The column of the items whose values say how different two of them are; null takes the cosine of their users in the training part.</summary>
    public string? DiversityBy { get; init; }

    /// <summary>Users for whom diversity is measured, evenly chosen; pairs of items cost more than lists.</summary>
    /// <value>Default: 1000.</value>
    public int DiversityUsers { get; init; } = 1000;
}
