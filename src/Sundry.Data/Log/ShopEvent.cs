using System.Runtime.InteropServices;

namespace Sundry.Data;

/// <summary>One thing that happened in a shop. Names are kept as numbers of the log's lists (<see cref="EventLog"/>); -1 where the event has none.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public record struct ShopEvent
{
    /// <summary>When it happened: Unix time in milliseconds, UTC.</summary>
    public long Time;

    /// <summary>Who: a number of <see cref="EventLog.Users"/>.</summary>
    public int User;

    /// <summary>The visit: a number of <see cref="EventLog.Sessions"/>.</summary>
    public int Session;

    /// <summary>About what: a number of <see cref="EventLog.Items"/>.</summary>
    public int Item;

    /// <summary>The place in the shop: a number of <see cref="EventLog.Scenarios"/>.</summary>
    public int Scenario;

    /// <summary>The answer that the item was shown in: a number of <see cref="EventLog.Recommendations"/>.</summary>
    public int Recommendation;

    /// <summary>What was written or searched: a number of <see cref="EventLog.Texts"/>.</summary>
    public int Text;

    /// <summary>How many; 1 where the log does not say.</summary>
    public float Quantity;

    /// <summary>Price of one; NaN where the log does not say.</summary>
    public float Price;

    /// <summary>What the event measures: a rating, seconds stayed; NaN where the log does not say.</summary>
    public float Value;

    /// <summary>Place on the page, from 1; 0 where the log does not say.</summary>
    public short Position;

    /// <summary>What: a number of <see cref="EventLog.Types"/>.</summary>
    public byte Type;
}
