using Sundry.Simulator;

namespace Sundry.Tests.Simulator;

/// <summary>A shop that the tests of this room share: small, but with enough of everything.</summary>
public sealed class SmallShop
{
    public static ShopOptions Options(ulong seed = 7) => new()
    {
        Users = 600,
        Items = 240,
        Categories = 8,
        Brands = 30,
        Impressions = 60_000,
        Days = 10,
        TestDays = 2,
        Seed = seed,
    };

    public ShopSimulator Simulator { get; } = new(Options());

    public IReadOnlyList<Impression> Impressions => field ??= [.. Simulator.Impressions()];
}
