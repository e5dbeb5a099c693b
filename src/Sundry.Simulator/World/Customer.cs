namespace Sundry.Simulator;

/// <summary>A customer: what the shop sees, and what only the simulator knows.</summary>
public sealed record Customer
{
    /// <summary>Place in <see cref="Shop.Customers"/>, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The name in the files, as <c>u00042</c>.</summary>
    public required string Id { get; init; }

    /// <summary>An age band, or empty where the shop does not know it.</summary>
    public required string AgeBand { get; init; }

    /// <summary>Country code.</summary>
    public required string Country { get; init; }

    /// <summary>The shop's own word for the customer: <c>new</c>, <c>occasional</c>, <c>regular</c>, <c>loyal</c>.</summary>
    public required string Segment { get; init; }

    /// <summary>Day of the first visit that is possible, from 0.</summary>
    public required int Joined { get; init; }

    /// <summary>Latent: what is liked; its inner product with <see cref="Product.Traits"/> is the match.</summary>
    public required float[] Taste { get; init; }

    /// <summary>Latent: categories liked beyond what the taste explains.</summary>
    public required int[] Favourites { get; init; }

    /// <summary>Latent: how much a price above the category's usual one puts off; around 1.</summary>
    public required double PriceSensitivity { get; init; }

    /// <summary>Latent: readiness to buy at all; around 0.</summary>
    public required double BuyerTrait { get; init; }

    /// <summary>Latent: relative frequency of visits.</summary>
    public required double Activity { get; init; }

    /// <summary>Latent: probability that a visit comes from a phone.</summary>
    public required double PhoneShare { get; init; }
}
