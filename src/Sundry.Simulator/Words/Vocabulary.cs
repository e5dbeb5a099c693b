namespace Sundry.Simulator;

/// <summary>
/// The words of the shop. None has a comma or a quotation mark, so that no file needs quotes. In reviews {0} stands for the category, {1} for a
/// weekday, {2} for the product's colour.
/// </summary>
internal static class Vocabulary
{
    private static readonly string[][] s_parts =
    [
        ["heel", "sole", "laces"], ["plot", "chapters", "cover"], ["soil", "blooms", "watering"], ["puzzle", "figures", "batteries"],
        ["pan", "handle", "lid"], ["lining", "sleeves", "hood"], ["screen", "battery", "charger"], ["bulb", "shade", "switch"],
        ["grip", "padding", "training"], ["scent", "cream", "skin"], ["levels", "controls", "story"], ["sound", "strings", "album"],
        ["blade", "drill", "screws"], ["leash", "fur", "bowl"], ["strap", "zip", "pockets"], ["dial", "wrist", "clasp"],
        ["aroma", "leaves", "flavour"], ["brakes", "saddle", "gears"], ["armrest", "seat", "cushion"], ["collar", "buttons", "fabric"],
        ["lens", "zoom", "shutter"], ["pile", "fringe", "weave"], ["crib", "bottle", "blanket"], ["pages", "ink", "envelope"],
    ];

    private static readonly string[] s_otherParts = ["part", "case", "finish"];

    // the words for a product's traits: buyers with a taste for a trait come to like its word
    private static readonly string[][] s_styles =
        [["modern", "classic"], ["light", "robust"], ["colourful", "plain"], ["soft", "sporty"], ["small", "large"], ["elegant", "practical"]];

    public static readonly string[] Colours = ["black", "white", "red", "blue", "green", "grey", "brown", "yellow", "pink", "beige"];

    /// <summary>By stars, from one: the first words of a review.</summary>
    public static readonly string[][] Verdicts =
    [
        ["terrible", "awful", "a waste of money", "the worst purchase of the year", "useless"],
        ["disappointed", "mediocre", "not good", "weak", "expected much more"],
        ["okay", "average", "as expected", "neither good nor bad", "fine for now"],
        ["good", "happy with it", "nice", "pleased", "does its job well"],
        ["love it", "excellent", "wonderful", "perfect", "absolutely great"],
    ];

    public static readonly string[] WellMade = ["well made", "sturdy", "high quality", "solid"];
    public static readonly string[] BadlyMade = ["badly made", "flimsy", "cheap looking", "broken"];
    public static readonly string[] Fits = ["fits well", "true to size", "just the right size"];
    public static readonly string[] FitsNot = ["too small", "runs large", "does not fit"];
    public static readonly string[] AsPictured = ["the colour is exactly as pictured", "beautiful {2} colour", "the {2} is even nicer than in the picture"];
    public static readonly string[] NotAsPictured = ["the colour is not as pictured", "the {2} is faded", "looks different from the picture"];
    public static readonly string[] Worth = ["worth the price", "good value", "a bargain"];
    public static readonly string[] Overpriced = ["overpriced", "too expensive for what it is", "not worth the money"];
    public static readonly string[] Again = ["would buy again", "recommend it to everyone", "my favourite shop for {0}"];
    public static readonly string[] Never = ["sending it back", "do not buy", "never again"];
    public static readonly string[] Neutral = ["arrived on a {1}", "bought it for my sister", "it was a present", "ordered it on my phone", "use it every day", "second {0} from this shop"];
    public static readonly string[] Weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

    /// <summary>What products of a category have or are made of.</summary>
    public static string[] Parts(int category) => category < s_parts.Length ? s_parts[category] : s_otherParts;

    /// <summary>How many pairs of words for traits there are.</summary>
    public static int Styles => s_styles.Length;

    /// <summary>A word for one of a product's traits.</summary>
    public static string Style(Product product, int trait) => s_styles[trait % s_styles.Length][product.Traits[trait % product.Traits.Length] > 0 ? 0 : 1];

    /// <summary>A product's colour.</summary>
    public static string Colour(Shop shop, Product product)
    {
        var draws = new SeededStream(shop.Seed, Purpose.Words, product.Index);
        return Colours[draws.Below(Colours.Length)];
    }

    /// <summary>A product's name: colour, two words for its traits, category, part.</summary>
    public static string Title(Shop shop, Product product)
    {
        var draws = new SeededStream(shop.Seed, Purpose.Words, product.Index);
        var colour = Colours[draws.Below(Colours.Length)];
        var first = draws.Below(s_styles.Length);
        var second = (first + 1 + draws.Below(s_styles.Length - 1)) % s_styles.Length;
        return $"{colour} {Style(product, first)} {Style(product, second)} {shop.Categories[product.Category]} {Any(Parts(product.Category), ref draws)}";
    }

    /// <summary>One of several.</summary>
    public static string Any(string[] words, ref SeededStream draws) => words[draws.Below(words.Length)];
}
