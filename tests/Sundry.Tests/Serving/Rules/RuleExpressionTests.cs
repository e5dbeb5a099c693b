using System.Diagnostics;
using System.Text;
using Sundry.Data;
using Sundry.Serving;
using Sundry.Tests.House;

namespace Sundry.Tests;

public sealed class RuleExpressionTests
{
    private readonly RuleNames _names = new();

    [Theory]
    [InlineData("price < 50 and category in (\"shoes\", \"bags\") and not (context.region = \"US\" and restricted)", true)]
    [InlineData("restricted", true)]
    [InlineData("not restricted or sale", false)]
    [InlineData("missing", false)]
    [InlineData("item.price = 20", true)]
    [InlineData("category = sport", true)]
    [InlineData("category = shoes and category = sport", true)]
    [InlineData("category != sport", false)]
    [InlineData("category not in [bags, hats]", true)]
    [InlineData("min_age <= user.age", true)]
    [InlineData("min_age > user.age", false)]
    [InlineData("price <= user.budget", false)]
    [InlineData("price > user.budget", false)]
    [InlineData("price != user.budget", true)]
    [InlineData("brand = user.brand", true)]
    [InlineData("brand = 'user.brand'", false)]
    [InlineData("category = user.likes", true)]
    [InlineData("user.age in (17, 30)", true)]
    [InlineData("regions = context.region", true)]
    [InlineData("price >= item.min_age", true)]
    public void An_expression_holds_or_not(string text, bool expected)
    {
        var scope = new RuleScope(
            Facts.Of(_names.Item, Values(("price", "20"), ("category", "shoes|sport"), ("restricted", "1"), ("sale", "no"), ("min_age", "18"), ("brand", "Acme"), ("regions", "EU|CA"))),
            Facts.Of(_names.User, Values(("age", "30"), ("brand", "Acme"), ("likes", "hats|sport"))),
            Facts.Of(_names.Context, Values(("region", "EU"))));
        Assert.Equal(expected, RuleExpression.Parse(text, _names).Holds(scope));
    }

    [Theory]
    [InlineData("price <", "character 8 of the condition 'price <': a value is expected, not the end")]
    [InlineData("price 5", "character 7 of the condition 'price 5': a comparison (=, !=, <, <=, >, >=, in) is expected after 'price', not '5'")]
    [InlineData("price in (1, 2", "character 10 of the condition 'price in (1, 2': this '(' is never closed")]
    [InlineData("price in (1, 2]", "character 15 of the condition 'price in (1, 2]': ',' or ')' is expected, not ']'")]
    [InlineData("", "the condition is empty; write one such as: click = 1")]
    public void A_mistake_names_its_character(string text, string message) =>
        Assert.Equal(message, Assert.Throws<InputException>(() => RuleExpression.Parse(text, _names)).Message);

    /// <summary>One language: on single values a compiled expression says what the filter of rows says.</summary>
    [Fact]
    public void It_agrees_with_the_filter_of_rows()
    {
        var random = new Random(7);
        string[] values = ["", "1", "1.0", "-3", "2e1", "20", "a", "b", "Acme", "2024-03-01", "NaN", "infinity"], columns = ["x", "y", "z"];
        for (var round = 0; round < 20_000; round++)
        {
            var text = Condition(random, columns, values, 0);
            var row = columns.ToDictionary(c => c, _ => values[random.Next(values.Length)]);
            var scope = new RuleScope(Facts.Of(_names.Item, row), Facts.None, Facts.None);
            Assert.True(RowFilter.Parse(text).Matches(row) == RuleExpression.Parse(text, _names).Holds(scope), $"{text} on {string.Join(", ", row)}");
        }
    }

    [Fact]
    public void Any_text_is_read_or_refused_with_one_sentence()
    {
        var random = new Random(9);
        string[] words = ["a", "price", "and", "or", "not", "in", "(", ")", "[", "]", ",", "=", "!=", "<", "<=", ">", ">=", "==", "!", "'x'", "\"", "'", "1", "-1e308", "user.age", "context.", "item.", "|", "&", "\0", "é", "\n", "\ud800", " "];
        var scope = new RuleScope(Facts.None, Facts.None, Facts.None);
        for (var round = 0; round < 20_000; round++)
        {
            var text = new StringBuilder();
            for (var i = random.Next(30); i > 0; i--) text.Append(words[random.Next(words.Length)]).Append(random.Next(2) == 0 ? " " : "");
            var watch = Stopwatch.StartNew();
            try
            {
                RuleExpression.Parse(text.ToString(), _names).Holds(scope);
            }
            catch (InputException e)
            {
                Assert.NotEmpty(e.Message);
            }

            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5));
        }

        Assert.Throws<InputException>(() => RuleExpression.Parse(new string('(', 9000) + "a", _names));
        Assert.Throws<InputException>(() => RuleExpression.Parse(string.Concat(Enumerable.Repeat("not ", 2000)) + "a", _names));
        Assert.Throws<InputException>(() => RuleExpression.Parse("a" + new string(' ', RuleExpression.LongestText), _names));
        Assert.False(RuleExpression.Parse(string.Join(" or ", Enumerable.Repeat("a", 1000)), _names).Holds(scope));
    }

    [Fact]
    public void Asking_allocates_nothing()
    {
        var expression = RuleExpression.Parse("price < 50 and category in (a, b) or min_age <= user.age and not restricted", _names);
        var scope = new RuleScope(Facts.Of(_names.Item, Values(("price", "70"), ("category", "x|b"), ("min_age", "3"))), Facts.Of(_names.User, Values(("age", "4"))), Facts.None);
        Assert.True(expression.Holds(scope));
        Assert.Equal(0, AllocationBudget.BytesOnThisThread(() =>
        {
            for (var i = 0; i < 1000; i++) expression.Holds(scope);
        }));
    }

    private static IEnumerable<KeyValuePair<string, string>> Values(params (string Name, string Value)[] values) => values.Select(v => KeyValuePair.Create(v.Name, v.Value));

    private static string Condition(Random random, string[] columns, string[] values, int depth)
    {
        string[] signs = ["=", "!=", "<", "<=", ">", ">=", "=="];
        string Value() => $"'{values[random.Next(values.Length)]}'";
        var column = columns[random.Next(columns.Length)];
        if (depth > 3 || random.Next(2) == 0)
        {
            return random.Next(4) switch
            {
                0 => $"{column} in [{Value()}, {Value()}]",
                1 => $"{column} not in ({Value()})",
                _ => $"{column} {signs[random.Next(signs.Length)]} {Value()}",
            };
        }

        string Inner() => Condition(random, columns, values, depth + 1);
        return random.Next(3) switch { 0 => $"({Inner()} and {Inner()})", 1 => $"({Inner()} or {Inner()})", _ => $"not {Inner()}" };
    }
}
