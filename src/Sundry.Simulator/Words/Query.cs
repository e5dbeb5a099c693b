namespace Sundry.Simulator;

/// <summary>What customers type into the search box: the category they came for, often with a word more.</summary>
internal static class Query
{
    public static string Text(Shop shop, Visit visit, ref SeededStream draws)
    {
        var category = shop.Categories[visit.Intent];
        return draws.Below(6) switch
        {
            0 => category,
            1 => $"{Vocabulary.Any(Vocabulary.Colours, ref draws)} {category}",
            2 => $"{category} {Vocabulary.Any(Vocabulary.Parts(visit.Intent), ref draws)}",
            3 => visit.Customer.PriceSensitivity > 1 ? $"cheap {category}" : $"best {category}",
            4 => $"{category} on sale",
            _ => $"{Vocabulary.Any(Vocabulary.Parts(visit.Intent), ref draws)} {Vocabulary.Any(Vocabulary.Colours, ref draws)}",
        };
    }
}
