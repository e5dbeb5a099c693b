using Sundry.Simulator;

namespace Sundry.Tests.Simulator.Words;

public sealed class ReviewTests(SmallShop shop) : IClassFixture<SmallShop>
{
    [Fact]
    public void Verdicts_tell_the_stars_with_some_noise()
    {
        foreach (var stars in new[] { 1, 3, 5 })
        {
            var texts = Texts(stars, 1000).ToList();
            var told = texts.Count(t => Vocabulary.Verdicts[stars - 1].Any(v => t.StartsWith(v + ".", StringComparison.Ordinal)));
            Assert.InRange(told, 850, 980);
        }
    }

    [Fact]
    public void Praise_and_blame_follow_the_stars()
    {
        double Share(int stars, string[] phrases) => Texts(stars, 1000).Count(t => phrases.Any(p => t.Contains(p, StringComparison.Ordinal))) / 1000.0;
        Assert.True(Share(5, Vocabulary.WellMade) > 3 * Share(1, Vocabulary.WellMade));
        Assert.True(Share(1, Vocabulary.Overpriced) > 3 * Share(5, Vocabulary.Overpriced));
        Assert.True(Share(1, Vocabulary.FitsNot) > 3 * Share(5, Vocabulary.FitsNot));
    }

    [Fact]
    public void The_category_can_be_told_from_the_words_and_nothing_needs_quotes()
    {
        var products = shop.Simulator.Shop.Products;
        var draws = new SeededStream(3, Purpose.Visits, 1);
        var named = 0;
        for (var i = 0; i < 1000; i++)
        {
            var product = products[i % products.Count];
            var text = Review.Text(shop.Simulator.Shop, product, 1 + i % 5, ref draws);
            string[] words = [shop.Simulator.Shop.Categories[product.Category], .. Vocabulary.Parts(product.Category)];
            if (words.Any(w => text.Contains(w, StringComparison.Ordinal))) named++;
            Assert.DoesNotContain(text, c => c is ',' or '"' or '\\' or '{' or '\n');
            Assert.InRange(text.Length, 20, 300);
        }

        Assert.InRange(named, 700, 1000);
    }

    [Fact]
    public void Titles_name_colour_and_category()
    {
        var world = shop.Simulator.Shop;
        foreach (var product in world.Products)
        {
            var title = Vocabulary.Title(world, product);
            Assert.StartsWith(Vocabulary.Colour(world, product) + " ", title, StringComparison.Ordinal);
            Assert.Contains(world.Categories[product.Category], title, StringComparison.Ordinal);
        }
    }

    private IEnumerable<string> Texts(int stars, int count)
    {
        var draws = new SeededStream(2, Purpose.Visits, stars);
        for (var i = 0; i < count; i++)
        {
            var products = shop.Simulator.Shop.Products;
            yield return Review.Text(shop.Simulator.Shop, products[i % products.Count], stars, ref draws);
        }
    }
}
