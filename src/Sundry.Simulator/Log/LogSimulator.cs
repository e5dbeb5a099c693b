namespace Sundry.Simulator;

/// <summary>
/// The event log of a shop whose truth is known: visits page by page, what follows from them within seconds or weeks, in order of time. The
/// same options give the same log. Memory grows with customers, products and what is pending, not with events.
/// </summary>
public sealed class LogSimulator
{
    private const long FewestTried = 40_000;

    private readonly ShopLogOptions _options;
    private Intercepts? _intercepts;

    /// <summary>Opens the shop of <paramref name="options"/>.</summary>
    /// <exception cref="Data.InputException">An option is out of its range.</exception>
    public LogSimulator(ShopLogOptions options)
    {
        options.Validate();
        _options = options;
        Shop = new Shop(options.Shop);
        Friends = new Friends(options.Shop);
    }

    /// <summary>The customers and products.</summary>
    public Shop Shop { get; }

    /// <summary>Who knows whom.</summary>
    public Friends Friends { get; }

    /// <summary>Runs the shop from its first day, anew at each call. The first event comes after a short trial that sets the average rates.</summary>
    /// <param name="cancel">Looked at once an event that is not an impression, and once a page.</param>
    public IEnumerable<LogEvent> Events(CancellationToken cancel = default) => Open(cancel).Events(cancel);

    /// <summary>A run that has not begun.</summary>
    internal LogRun Open(CancellationToken cancel, Action<int, int, int>? delivered = null)
    {
        _intercepts ??= RateFit.Solve(_options.Shop, (intercepts, impressions) => Trial(intercepts, impressions, cancel));
        return new LogRun(Shop, Friends, _options, _intercepts.Value, _options.Events) { Delivered = delivered };
    }

    private Inclination[] Trial(Intercepts intercepts, int impressions, CancellationToken cancel)
    {
        // a trial of a small log covers the same days as a large one, so that it meets the same seasons
        impressions = (int)Math.Min(impressions, Math.Max(FewestTried, _options.Events));
        var seen = new List<Inclination>(impressions);
        var run = new LogRun(Shop, Friends, _options, intercepts, (long)(impressions * ShopLogOptions.EventsPerImpression)) { Observe = seen.Add };
        foreach (var _ in run.Events(cancel))
        {
        }

        return [.. seen];
    }
}
