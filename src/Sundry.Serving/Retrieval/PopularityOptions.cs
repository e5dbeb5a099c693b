using Sundry.Data;

namespace Sundry.Serving;

/// <summary>What makes an item popular.</summary>
public sealed record PopularityOptions
{
    /// <summary>What an event of a type counts; types that are not named count nothing.</summary>
    /// <value>Default: a view or click 1, a cart 3, a purchase 5.</value>
    public IReadOnlyDictionary<byte, float> Weights { get; init; } =
        new Dictionary<byte, float> { [EventTypes.View] = 1, [EventTypes.Click] = 1, [EventTypes.Cart] = 3, [EventTypes.Purchase] = 5 };

    /// <summary>After this time an event counts half.</summary>
    /// <value>Default: 3 days.</value>
    public TimeSpan HalfLife { get; init; } = TimeSpan.FromDays(3);

    /// <summary>Items that are kept in order, overall and of each category.</summary>
    /// <value>Default: 500.</value>
    public int Listed { get; init; } = 500;
}
