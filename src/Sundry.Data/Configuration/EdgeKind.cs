namespace Sundry.Data;

/// <summary>What makes two things neighbours in a shop's graph.</summary>
public enum EdgeKind
{
    /// <summary>The row's user and the items of the user's friends.</summary>
    Friends,

    /// <summary>The row's item and those that one user, or one visit, took soon before or after it.</summary>
    Together,

    /// <summary>The row's item and items of its brand: of its text in the catalogue's column <c>brand</c>.</summary>
    Brand,

    /// <summary>The row's item and items of its category.</summary>
    Category,
}
