using Sundry.Simulator;

namespace Sundry.Tests.Simulator.Log;

/// <summary>A log that the tests of this room share: small, but with enough of everything.</summary>
public sealed class SmallLog
{
    public static ShopLogOptions Options(ulong seed = 7, long events = 150_000, int days = 40) => new()
    {
        Events = events,
        Shop = new() { Users = 600, Items = 240, Categories = 8, Brands = 30, Days = days, PurchaseRate = 0.0036, Circle = 12, DepartmentShare = 0.4, Seed = seed },
    };

    public LogSimulator Simulator { get; } = new(Options());

    public IReadOnlyList<LogEvent> Events => field ??= [.. Simulator.Events()];
}
