using Sundry.Data;

namespace Sundry.Simulator;

/// <summary>How large a simulated event log is, how it is written, and the shop behind it.</summary>
public sealed class ShopLogOptions
{
    /// <summary>Events that an impression brings with it, itself included, before a trial has counted them.</summary>
    internal const double EventsPerImpression = 1.25;

    /// <summary>Events to write. They fill the days of the shop; the last evening ends when they are reached.</summary>
    /// <value>Default 1,000,000. From 1 to 2,000,000,000.</value>
    public long Events { get; set; } = 1_000_000;

    /// <summary>The shop: its customers, products, days, rates and seed. <see cref="ShopOptions.Impressions"/> and <see cref="ShopOptions.TestDays"/> do not matter here.</summary>
    /// <value>Default 10,000 customers in circles of 16, 2,000 products, 91 days.</value>
    public ShopOptions Shop { get; set; } = new()
    {
        Users = 10_000,
        Items = 2_000,
        Categories = 24,
        Brands = 120,
        Days = 91,
        PurchaseRate = 0.0036,
        Circle = 16,
        DepartmentShare = 0.4,
    };

    /// <summary>Write JSON Lines instead of CSV.</summary>
    /// <value>Default false.</value>
    public bool JsonLines { get; set; }

    /// <summary>Compress the events.</summary>
    /// <value>Default false.</value>
    public bool Gzip { get; set; }

    /// <summary>Write beside the events what they were drawn from; see <see cref="LogFolder.Truth"/>.</summary>
    /// <value>Default false.</value>
    public bool Truth { get; set; }

    /// <summary>Checks every range.</summary>
    /// <exception cref="InputException">An option is out of its range; the message names it.</exception>
    public void Validate()
    {
        if (Events is < 1 or > 2_000_000_000) throw new InputException($"the simulated log's events is {Events}; give a value from 1 to 2000000000");
        Shop.TestDays = 1;      // a log is split by whoever reads it
        Shop.Validate();
    }
}
