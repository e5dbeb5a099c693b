namespace Sundry.Training;

/// <summary>How batches are drawn from several sources.</summary>
public enum SourceDraw
{
    /// <summary>Every batch holds rows of all sources in proportion; an epoch is every row once.</summary>
    Mixed,

    /// <summary>A batch holds rows of one source, each as often as it has rows; an epoch is every row once.</summary>
    Proportional,

    /// <summary>A batch of each source in turn; an epoch is every row of the largest once.</summary>
    InTurn,

    /// <summary>A batch holds rows of one source, each as often as rows^(1 / temperature) says; an epoch is every row of the largest once.</summary>
    Temperature,

    /// <summary>An epoch of each source in turn: every row of it once.</summary>
    Alternate,
}
