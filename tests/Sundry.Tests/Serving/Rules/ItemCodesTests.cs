using Sundry.Serving;

namespace Sundry.Tests;

public sealed class ItemCodesTests
{
    /// <summary>Codes that follow the shelf, against the values that are on it.</summary>
    [Fact]
    public void Codes_say_of_items_what_their_values_say()
    {
        var (names, shelf, random) = (new RuleNames(), new ItemShelf(), new Random(4));
        var codes = new ItemCodes(shelf);
        shelf.Changed += (item, _) => codes.Follow(item);
        Change();
        string[] attributes = ["brand", "category", "none"];
        var (coded, plain) = (new CodedSimilarity(codes, names, attributes), new AttributeSimilarity(shelf, names, attributes));
        for (var round = 0; round < 60; round++)
        {
            Change();
            var items = Enumerable.Range(0, 30).Select(_ => random.Next(70)).ToArray();
            using var one = coded.Among(items);
            using var other = plain.Among(items);
            var (raised, expected) = (new double[30], new double[30]);
            int[] places = [.. Enumerable.Range(0, 30).Where(_ => random.Next(2) == 0)];
            for (var i = 0; i < 3; i++)
            {
                var above = random.Next(30);
                one.Raise(places, above, raised);
                foreach (var place in places) expected[place] = Math.Max(expected[place], other[place, above]);
            }

            Assert.Equal(expected, raised);
            for (var a = 0; a < 30; a++) Assert.Equal(other[a, 29 - a], one[a, 29 - a]);
        }

        void Change()
        {
            for (var i = 0; i < 10; i++)
            {
                KeyValuePair<string, string>[] values = [new("brand", random.Next(3) == 0 ? "" : $"b{random.Next(4)}"), new("category", $"c{random.Next(3)}")];
                shelf.Set(random.Next(60), random.Next(5) == 0 ? null : new ShelfItem { Facts = Facts.Of(names.Item, values) });
            }
        }
    }
}
