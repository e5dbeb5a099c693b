namespace Sundry.Data;

/// <summary>How rows are dealt to training, validation and test.</summary>
public enum SplitRule
{
    /// <summary>Rows of a log by time, other rows at random.</summary>
    Auto,

    /// <summary>By the seed, row by row.</summary>
    Random,

    /// <summary>The latest rows of a time column are the test rows, those before them validate.</summary>
    Time,

    /// <summary>All rows of one user go to the same part.</summary>
    User,
}
