using Sundry.Data;
using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class SearchDimensionTests
{
    [Fact]
    public void A_list_is_split_at_its_own_commas()
    {
        Assert.Equal(["mmoe", "ple"], SearchDimension.Parse("model.architecture", ["mmoe, ple"]).Values);
        Assert.Equal(["[16]", "[32, 16]", "[]"], SearchDimension.Parse("model.tower", ["[16],[32, 16],[]"]).Values);
        Assert.Equal(["[16]", "[32, 16]"], SearchDimension.Parse("model.tower", ["[16]", "[32, 16]"]).Values);
        Assert.Equal(["{method: cagrad, c: 0.2}", "\"a,b\""], SearchDimension.Parse("training.balancing", ["{method: cagrad, c: 0.2}, \"a,b\""]).Values);
    }

    [Theory]
    [InlineData("1e-4..1e-2:log", 0, "0.0001")]
    [InlineData("1e-4..1e-2:log", 0.5, "0.001")]
    [InlineData("1e-4..1e-2:log", 1, "0.01")]
    [InlineData("0..0.5", 0.25, "0.125")]
    [InlineData("-1..1", 0.25, "-0.5")]
    [InlineData("2..8:int", 0, "2")]
    [InlineData("2..8:int", 0.999, "8")]
    [InlineData("2..8:int", 1, "8")]
    [InlineData("1..100:log:int", 0.5, "10")]
    [InlineData("a,b,c", 0, "a")]
    [InlineData("a,b,c", 0.34, "b")]
    [InlineData("a,b,c", 1, "c")]
    public void A_place_between_0_and_1_is_a_value(string text, double place, string value) =>
        Assert.Equal(value, SearchDimension.Parse("x", [text]).At(place));

    [Fact]
    public void Whole_numbers_of_a_range_are_equally_likely()
    {
        var dimension = SearchDimension.Parse("x", ["2..4:int"]);
        var counts = Enumerable.Range(0, 300).Select(i => dimension.At((i + 0.5) / 300)).GroupBy(v => v).ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal(new Dictionary<string, int> { ["2"] = 100, ["3"] = 100, ["4"] = 100 }, counts);
    }

    [Theory]
    [InlineData("", "nothing to try")]
    [InlineData(" , ", "nothing to try")]
    [InlineData("a,b,a", "'a' is there twice")]
    [InlineData("3..1", "the range 3..1 is empty")]
    [InlineData("2..2", "is empty")]
    [InlineData("0..1:log", "both ends above 0")]
    [InlineData("-1..1:log", "both ends above 0")]
    [InlineData("1..2:lgo", "did you mean 'log'?")]
    [InlineData("1..x", "is no range")]
    [InlineData("1..2..3", "is no range")]
    [InlineData("1.5..3:int", "not whole numbers")]
    public void What_is_no_space_is_refused(string text, string part)
    {
        var refused = Assert.Throws<InputException>(() => SearchDimension.Parse("training.learning_rate", [text]));
        Assert.Contains(part, refused.Message, StringComparison.Ordinal);
        Assert.StartsWith("--try training.learning_rate: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_says_what_it_tries_so_that_it_can_be_read_again()
    {
        foreach (var text in new[] { "0.0001..0.01:log", "2..8:int", "1..100:log:int", "a, [1, 2]" })
            Assert.Equal(text, SearchDimension.Parse("x", [text]).ToString());
    }
}
