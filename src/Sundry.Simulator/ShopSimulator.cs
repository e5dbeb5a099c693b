namespace Sundry.Simulator;

/// <summary>
/// A shop whose truth is known: customers with tastes meet products with traits, and every outcome is drawn from probabilities that are
/// kept. Impressions come in order of time; features are what a shop would have known at that moment. The same options give the same log.
/// </summary>
public sealed class ShopSimulator
{
    private readonly ShopOptions _options;

    /// <summary>Opens the shop of <paramref name="options"/>.</summary>
    /// <exception cref="Data.InputException">An option is out of its range.</exception>
    public ShopSimulator(ShopOptions options)
    {
        options.Validate();
        _options = options;
        Shop = new Shop(options);
    }

    /// <summary>The customers and products.</summary>
    public Shop Shop { get; }

    /// <summary>
    /// Runs the shop from its first day, anew at each call. The first element comes after a short trial that sets the average rates.
    /// </summary>
    /// <param name="cancel">Looked at once a page.</param>
    public IEnumerable<Impression> Impressions(CancellationToken cancel = default)
    {
        var intercepts = RateFit.Solve(Shop, _options, cancel);
        return new ShopLog(Shop, _options, intercepts, _options.Impressions).Impressions(observe: null, cancel);
    }
}
