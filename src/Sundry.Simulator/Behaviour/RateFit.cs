namespace Sundry.Simulator;

/// <summary>
/// Finds the <see cref="Intercepts"/> that give the rates asked for: the shop is run on trial, what customers were inclined to is kept, and
/// the constants are fitted to it. A short trial first and then a longer one, because what customers do changes what they are inclined to.
/// </summary>
internal static class RateFit
{
    private const int ShortTrial = 40_000;
    private const int LongTrial = 400_000;
    private const int FittingSteps = 12;

    /// <summary>The constants of the labelled table.</summary>
    public static Intercepts Solve(Shop shop, ShopOptions options, CancellationToken cancel) =>
        Solve(options, (intercepts, impressions) => Trial(shop, options, intercepts, impressions, cancel));

    /// <summary>The constants at which a world has the rates of the options.</summary>
    /// <param name="options">The rates asked for.</param>
    /// <param name="trial">Runs the world with some constants for about so many impressions and tells every inclination.</param>
    public static Intercepts Solve(ShopOptions options, Func<Intercepts, int, Inclination[]> trial)
    {
        // a guess to start from: the rates themselves, every second place looked at
        var guess = new Intercepts(
            Logit(Math.Min(0.9, options.ClickRate * 2)), Logit(options.CartRate / options.ClickRate), Logit(options.PurchaseRate / options.CartRate));
        var rough = Fit(trial(guess, ShortTrial), options, guess);
        return Fit(trial(rough, LongTrial), options, rough);
    }

    private static Inclination[] Trial(Shop shop, ShopOptions options, Intercepts intercepts, int impressions, CancellationToken cancel)
    {
        var seen = new Inclination[Math.Min(options.Impressions, impressions)];
        var count = 0;
        foreach (var _ in new ShopLog(shop, options, intercepts, seen.Length).Impressions(i => seen[count++] = i, cancel))
        {
        }

        return seen;
    }

    private static Intercepts Fit(Inclination[] seen, ShopOptions options, Intercepts from)
    {
        var reached = Array.ConvertAll(seen, s => s.Examination);
        var click = Solve(reached, Array.ConvertAll(seen, s => s.Click), from.Click, options.ClickRate);
        var cart = Solve(reached, Array.ConvertAll(seen, s => s.Cart), from.Cart, options.CartRate);
        var purchase = Solve(reached, Array.ConvertAll(seen, s => s.Purchase), from.Purchase, options.PurchaseRate);
        return new Intercepts(click, cart, purchase);
    }

    // the constant b with mean(reached · σ(logit + b)) = target; afterwards reached holds that product, where the next step starts
    private static double Solve(double[] reached, double[] logits, double b, double target)
    {
        var most = reached.Average();
        for (var step = 0; step < FittingSteps; step++)
        {
            double sum = 0;
            for (var i = 0; i < logits.Length; i++) sum += reached[i] * Sigmoid(logits[i] + b);
            var share = sum / logits.Length / most;
            b = Math.Clamp(b + Logit(Math.Min(0.999, target / most)) - Logit(share), -30, 30);
        }

        for (var i = 0; i < logits.Length; i++) reached[i] *= Sigmoid(logits[i] + b);
        return b;
    }

    private static double Logit(double p) => Math.Log(p / (1 - p));

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
