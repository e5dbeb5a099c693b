using System.ComponentModel;

namespace Sundry.Data;

/// <summary>How one table is split where no test file, or no validation file, is given.</summary>
[ConfigShorthand(nameof(By))]
public sealed class SplitOptions : IConfigChecked
{
    /// <summary>auto, random, time or user.</summary>
    /// <value>Default: auto, by time where rows are made from a log, at random where they are read from tables.</value>
    [Description("How rows are dealt: auto: rows of a log by time, others at random; random by the seed; time, the latest rows are tested on; user, all rows of a user go to the same part")]
    public SplitRule By { get; init; } = SplitRule.Auto;

    /// <summary>The time column (by: time) or the user column (by: user); it may also be a feature.</summary>
    /// <value>Default: none; needed for time and user, but where rows are made from a log.</value>
    [Description("The column that holds the time (by: time) or the user (by: user); rows of a log know theirs")]
    public string? Column { get; init; }

    /// <summary>The share of the rows that is held back as test rows; not used where <see cref="DataOptions.Test"/> names files.</summary>
    /// <value>Default: 20%. 0% leaves no test rows.</value>
    [Description("Share of the rows held back for the test; not used where data.test names files")]
    public Share Test { get; init; } = new(0.2);

    /// <inheritdoc/>
    public IEnumerable<(string Property, string Message)> Check()
    {
        if (By is SplitRule.Auto or SplitRule.Random && Column is not null)
            yield return (nameof(Column), "a random split uses no column; set 'by: time' or 'by: user', or remove 'column'");
        if (Test.Value >= 1) yield return (nameof(Test), "a test share of 100% leaves no rows to train on; use a smaller one");
    }
}
