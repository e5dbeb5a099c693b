using System.Text;

namespace Sundry.Simulator;

/// <summary>
/// The words of a review: a verdict by its stars, sentences on quality, size, colour, price and the parts that products of the category have,
/// each praise or blame by the stars and by what the product is truly like, and some that say nothing. Now and then a sentence has it wrong.
/// </summary>
internal static class Review
{
    private const double Mistaken = 0.08;

    public static string Text(Shop shop, Product product, int stars, ref SeededStream draws)
    {
        var category = shop.Categories[product.Category];
        var text = new StringBuilder(160);
        var felt = draws.Chance(Mistaken) ? 1 + draws.Below(5) : stars;
        text.Append(Vocabulary.Any(Vocabulary.Verdicts[felt - 1], ref draws)).Append('.');
        for (var sentences = 2 + draws.Below(4); sentences > 0; sentences--)
        {
            text.Append(' ');
            text.AppendFormat(null, Sentence(product, stars, category, ref draws), category, Vocabulary.Any(Vocabulary.Weekdays, ref draws), Vocabulary.Colour(shop, product));
            text.Append('.');
        }

        if (stars != 3 && draws.Chance(0.5))
            text.Append(' ').AppendFormat(null, Vocabulary.Any(stars > 3 ? Vocabulary.Again : Vocabulary.Never, ref draws), category).Append('.');
        return text.ToString();
    }

    private static string Sentence(Product product, int stars, string category, ref SeededStream draws) => draws.Below(6) switch
    {
        0 => $"{Either(Vocabulary.WellMade, Vocabulary.BadlyMade, stars, product.Quality, ref draws)} {Vocabulary.Any(Vocabulary.Parts(product.Category), ref draws)}",
        1 => $"{Either(Vocabulary.Fits, Vocabulary.FitsNot, stars, 0, ref draws)} for {category}",
        2 => Either(Vocabulary.AsPictured, Vocabulary.NotAsPictured, stars, -product.Bait, ref draws),
        3 => Either(Vocabulary.Worth, Vocabulary.Overpriced, stars, -2 * product.RelativePrice, ref draws),
        4 => $"{Vocabulary.Style(product, draws.Below(Vocabulary.Styles))} {Vocabulary.Any(Vocabulary.Parts(product.Category), ref draws)}",
        _ => Vocabulary.Any(Vocabulary.Neutral, ref draws),
    };

    // praise where the stars are many and the product deserves it
    private static string Either(string[] praise, string[] blame, int stars, double deserved, ref SeededStream draws) =>
        Vocabulary.Any(draws.Chance(1 / (1 + Math.Exp(-1.5 * (stars - 3.2) - 0.8 * deserved))) ? praise : blame, ref draws);
}
