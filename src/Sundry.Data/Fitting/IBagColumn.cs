namespace Sundry.Data;

/// <summary>A column whose rows hold any number of ids.</summary>
internal interface IBagColumn
{
    /// <summary>How many ids a row of the block being read will have; where the fit leaves some out, how many it has before.</summary>
    int Length(int row);

    /// <summary>A row's ids, the block being encoded.</summary>
    ReadOnlySpan<int> Ids(int row);

    /// <summary>After the fit: the ids that each part will have, where that is not the sum of all lengths; else null.</summary>
    long[]? Kept => null;
}
