namespace Sundry.Simulator;

/// <summary>Demand over the year: each category has its own peak and is more or less seasonal, and the whole shop is busiest before the holidays.</summary>
internal sealed class Seasons
{
    /// <summary>The largest logit of any category on any day.</summary>
    public const double Highest = 1;

    private const double DaysOfYear = 365.25;
    private const int BusiestDay = 345;

    private readonly (double Height, double Peak)[] _categories;

    public Seasons(ShopOptions options)
    {
        var draws = new SeededStream(options.Seed, Purpose.Seasons, 0);
        _categories = new (double, double)[options.Categories];
        foreach (ref var category in _categories.AsSpan()) category = (Highest * draws.Uniform(), DaysOfYear * draws.Uniform());
    }

    /// <summary>How much a category is in demand on a day since the opening: 0 in the mean of a year, at most <see cref="Highest"/>.</summary>
    public double Logit(int category, int day)
    {
        var (height, peak) = _categories[category];
        return height * Math.Cos(2 * Math.PI * (DayOfYear(day) - peak) / DaysOfYear);
    }

    /// <summary>How busy the shop is on a day; 1 in the mean of a year.</summary>
    public static double Busyness(int day) => 1 + 0.3 * Math.Cos(2 * Math.PI * (DayOfYear(day) - BusiestDay) / DaysOfYear);

    private static double DayOfYear(int day) => Shop.Opening.DayOfYear + day;
}
