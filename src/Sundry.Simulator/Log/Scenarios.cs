namespace Sundry.Simulator;

/// <summary>The kinds of pages that a visit goes through: it begins somewhere, and a click or a cart leads on from there.</summary>
internal static class Scenarios
{
    private static readonly string[] s_names = ["home", "category", "search", "email"];
    private static readonly WeightedChoice s_first = new([0.42, 0.2, 0.23, 0.15]);
    private static readonly WeightedChoice s_further = new([0.25, 0.45, 0.3, 0]);

    /// <summary>The kind of the visit's next page, after what <see cref="Visit.Scenario"/> says of the last one.</summary>
    public static string Next(Visit visit)
    {
        ref var draws = ref visit.Draws;
        if (visit.Scenario.Length == 0) return s_names[s_first.Draw(ref draws)];
        if (visit.Scenario == Carted && draws.Chance(0.6)) return "cart";
        if (visit.Scenario is Carted or Clicked && draws.Chance(0.6)) return "item";
        return s_names[s_further.Draw(ref draws)];
    }

    /// <summary>Said of a page on which a product was clicked.</summary>
    public const string Clicked = "clicked";

    /// <summary>Said of a page on which a product was put into the cart.</summary>
    public const string Carted = "carted";
}
