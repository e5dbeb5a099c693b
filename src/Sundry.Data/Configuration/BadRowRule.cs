namespace Sundry.Data;

/// <summary>What happens when a row cannot be used.</summary>
public enum BadRowRule
{
    /// <summary>The work stops and names the row.</summary>
    Stop,

    /// <summary>The row is left out, counted and listed in the report.</summary>
    Skip,
}
