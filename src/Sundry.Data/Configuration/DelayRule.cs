namespace Sundry.Data;

/// <summary>What a label is whose window is not over when the log ends.</summary>
public enum DelayRule
{
    /// <summary>None: the row is left out of the task, whatever has happened so far.</summary>
    Mask,

    /// <summary>What has happened so far.</summary>
    Negative,
}
