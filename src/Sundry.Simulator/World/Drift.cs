namespace Sundry.Simulator;

/// <summary>Tastes turn slowly: from what a customer liked at the opening towards something else, about a third of a right angle in three months, some faster.</summary>
internal static class Drift
{
    private const double TurnPerDay = Math.PI / 6 / 90;

    /// <summary>The customer with the taste of a day.</summary>
    public static Customer On(int day, Customer customer, ulong seed)
    {
        var draws = new SeededStream(seed, Purpose.Drift, customer.Index);
        var angle = day * TurnPerDay * Math.Exp(0.5 * draws.Normal());
        var (sin, cos) = Math.SinCos(angle);
        var taste = new float[customer.Taste.Length];
        for (var i = 0; i < taste.Length; i++) taste[i] = (float)(cos * customer.Taste[i] + sin * draws.Normal());
        return customer with { Taste = taste };
    }
}
