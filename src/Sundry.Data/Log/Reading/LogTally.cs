namespace Sundry.Data;

/// <summary>What is counted while a log is read.</summary>
internal sealed class LogTally
{
    /// <summary>Rows of events.</summary>
    public long Rows { get; set; }

    /// <summary>Rows of the tables beside them.</summary>
    public long OtherRows { get; set; }

    public long Duplicates { get; set; }

    public long OutOfOrder { get; set; }

    public long Late { get; set; }

    public long LatestBy { get; set; }

    public long AheadOfClock { get; set; }

    public long AfterUntil { get; set; }

    public long UnknownTypes { get; set; }

    public long UnknownItems { get; set; }

    public long UnknownUsers { get; set; }

    public long ReturnsByQuantity { get; set; }

    public int Bots { get; set; }

    public long BotEvents { get; set; }

    public RefusedRows Refused { get; } = new();
}
