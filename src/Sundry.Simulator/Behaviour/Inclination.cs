namespace Sundry.Simulator;

/// <summary>How a customer is inclined towards one product in one place, before the shop-wide <see cref="Intercepts"/>.</summary>
/// <param name="Examination">P(the place is looked at).</param>
/// <param name="Click">Logit of a click, once looked at.</param>
/// <param name="Cart">Logit of a cart, once clicked.</param>
/// <param name="Purchase">Logit of a purchase, once in the cart.</param>
/// <param name="Stars">Mean of the satisfaction that is rounded to stars.</param>
/// <param name="LogDwell">Mean of the log of the seconds on the page.</param>
internal readonly record struct Inclination(double Examination, double Click, double Cart, double Purchase, double Stars, double LogDwell)
{
    private const double StarsDeviation = 0.7;
    private const double DwellDeviation = 0.9;
    private const double LongestDwell = 1800;
    private const double BuyersWhoRate = 0.7;
    private const double VisitorsWhoRate = 0.1;

    /// <summary>The probabilities and expectations, in closed form.</summary>
    public TrueValues Truth(in Intercepts intercepts)
    {
        var click = Examination * Sigmoid(Click + intercepts.Click);
        var cart = click * Sigmoid(Cart + intercepts.Cart);
        return new TrueValues(
            click,
            cart,
            cart * Sigmoid(Purchase + intercepts.Purchase),
            NormalCurve.StarsMean(Stars, StarsDeviation),
            NormalCurve.CappedLogNormalMean(LogDwell, DwellDeviation, LongestDwell),
            Examination);
    }

    /// <summary>Draws what happens. Every outcome is drawn from exactly what <paramref name="truth"/> says.</summary>
    public Outcome Act(in TrueValues truth, ref SeededStream draws)
    {
        if (!draws.Chance(truth.Click)) return default;
        var cart = draws.Chance(truth.Cart / truth.Click);
        var purchase = cart && draws.Chance(truth.Purchase / truth.Cart);
        var seconds = Math.Min(LongestDwell, Math.Exp(LogDwell + DwellDeviation * draws.Normal()));
        var dwell = (int)(seconds + draws.Uniform());      // rounded at random: the mean stays what it is
        var stars = draws.Chance(purchase ? BuyersWhoRate : VisitorsWhoRate)
            ? Rate(ref draws)
            : 0;
        return new Outcome(Click: true, cart, purchase, stars, dwell);
    }

    /// <summary>Draws the stars that are given where any are.</summary>
    public int Rate(ref SeededStream draws) => (int)Math.Clamp(Math.Floor(Stars + StarsDeviation * draws.Normal() + 0.5), 1, 5);

    /// <summary>P(what was bought comes back): the less it pleases, the likelier.</summary>
    public double Return => Sigmoid(-2.15 - 1.1 * (Stars - 3.6));

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
