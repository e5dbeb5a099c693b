namespace Sundry.Data;

/// <summary>Which of a category and those above it a counter is read of.</summary>
public enum CategoryLevel
{
    /// <summary>The category of the row's item, with all below it.</summary>
    Own,

    /// <summary>The one above it; the category itself where there is none.</summary>
    Parent,

    /// <summary>The topmost of those above it; the category itself where there is none.</summary>
    Top,
}
