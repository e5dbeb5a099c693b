namespace Sundry.Simulator;

/// <summary>A product: what the shop sees, and what only the simulator knows.</summary>
public sealed class Product
{
    /// <summary>Place in <see cref="Shop.Products"/>, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The name in the files, as <c>i00042</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Place of the category in <see cref="Shop.Categories"/>.</summary>
    public required int Category { get; init; }

    /// <summary>The brand, or empty where the shop does not know it.</summary>
    public required string Brand { get; init; }

    /// <summary>Price before any promotion.</summary>
    public required double ListPrice { get; init; }

    /// <summary>First day on sale, from 0.</summary>
    public required int Launched { get; init; }

    /// <summary>Latent: what it is like; see <see cref="Customer.Taste"/>.</summary>
    public required float[] Traits { get; init; }

    /// <summary>Latent: how good it is, which shows in carts, purchases and ratings more than in clicks; around 0.</summary>
    public required double Quality { get; init; }

    /// <summary>Latent: how much its picture promises: more clicks, fewer carts, shorter stays, lower ratings; around 0.</summary>
    public required double Bait { get; init; }

    /// <summary>Latent: log of the list price over the category's usual price.</summary>
    public required double RelativePrice { get; init; }

    /// <summary>Latent: relative frequency with which the shop shows it.</summary>
    public required double Popularity { get; init; }
}
