using Sundry.Data;
using Sundry.Tests.House;

namespace Sundry.Tests;

public class RowFilterTests
{
    private static readonly Dictionary<string, string> s_row = new() { ["click"] = "1", ["price"] = "9.50", ["brand"] = "Acme", ["day"] = "2024-03-01", ["marital status"] = "Never married", ["empty"] = "", ["and"] = "x" };

    [Theory]
    [InlineData("click = 1", true)]
    [InlineData("click == 1.0", true)]
    [InlineData("click != 1", false)]
    [InlineData("click = \"1\"", true)]
    [InlineData("price < 10", true)]
    [InlineData("price<=9.5", true)]
    [InlineData("price > 9.5", false)]
    [InlineData("price >= 1e1", false)]
    [InlineData("price > -1", true)]
    [InlineData("brand = Acme", true)]
    [InlineData("brand = acme", false)]
    [InlineData("brand != Other", true)]
    [InlineData("brand < 5", false)]
    [InlineData("brand >= 5", false)]
    [InlineData("brand != 5", true)]
    [InlineData("empty = ''", true)]
    [InlineData("empty = 0", false)]
    [InlineData("empty < 1", false)]
    [InlineData("day >= 2024-02-28", true)]
    [InlineData("day < 2024-03-01", false)]
    [InlineData("\"marital status\" = 'Never married'", true)]
    [InlineData("brand in [Other, Acme]", true)]
    [InlineData("click in [2, 1.0]", true)]
    [InlineData("brand in (Other, Acme)", true)]
    [InlineData("brand not in [Other, Acme]", false)]
    [InlineData("not brand = Acme", false)]
    [InlineData("not not brand = Acme", true)]
    [InlineData("click = 0 and brand = Acme or price < 10", true)]
    [InlineData("click = 0 and (brand = Acme or price < 10)", false)]
    [InlineData("click = 1 or brand = No and price > 10", true)]
    [InlineData("\"and\" = x", true)]
    [InlineData("brand = \"Ac\"\"me\"", false)]
    public void A_row_is_meant_or_not(string condition, bool expected) => Assert.Equal(expected, RowFilter.Parse(condition).Matches(s_row));

    [Theory]
    [InlineData("", "the condition is empty; write one such as: click = 1")]
    [InlineData("click", "character 6 of the condition 'click': a comparison (=, !=, <, <=, >, >=, in) is expected after 'click', not the end")]
    [InlineData("click =", "character 8 of the condition 'click =': a value is expected, not the end")]
    [InlineData("= 1", "character 1 of the condition '= 1': a column's name is expected, not '='")]
    [InlineData("a = 1 b = 2", "character 7 of the condition 'a = 1 b = 2': 'and', 'or' or the end is expected, not 'b'")]
    [InlineData("a = 1 && b = 2", "character 7 of the condition 'a = 1 && b = 2': '&' joins nothing here; write 'and' or 'or'")]
    [InlineData("(a = 1", "character 1 of the condition '(a = 1': this '(' is never closed")]
    [InlineData("a = 1)", "character 6 of the condition 'a = 1)': no '(' belongs to this ')'")]
    [InlineData("a in 1", "character 6 of the condition 'a in 1': a list such as [a, b] is expected after 'in', not '1'")]
    [InlineData("a in [1, 2", "character 6 of the condition 'a in [1, 2': this '[' is never closed")]
    [InlineData("a in []", "character 7 of the condition 'a in []': a value is expected, not ']'")]
    [InlineData("a in [1 2]", "character 9 of the condition 'a in [1 2]': ',' or ']' is expected, not '2'")]
    [InlineData("a not 1", "character 7 of the condition 'a not 1': 'in' is expected after 'not', not '1'")]
    [InlineData("a = 'x", "character 5 of the condition 'a = 'x': this ' is never closed")]
    [InlineData("!a", "character 1 of the condition '!a': '!' is not a comparison; write 'not' or '!='")]
    [InlineData("'x", "character 1 of the condition ''x': this ' is never closed")]
    [InlineData("a = $5", "character 5 of the condition 'a = $5': '$' is not expected; put names and values with such characters in quotes")]
    public void A_mistake_names_its_character(string condition, string message)
    {
        Assert.Equal(message, RowFilter.Explain(condition));
        Assert.Equal(message, Assert.Throws<InputException>(() => RowFilter.Parse(condition)).Message);
    }

    [Fact]
    public void Nesting_is_bounded()
    {
        Assert.NotNull(RowFilter.Explain(new string('(', 100_000) + "a = 1"));
        Assert.NotNull(RowFilter.Explain(string.Concat(Enumerable.Repeat("not ", 100_000)) + "a = 1"));
        Assert.NotNull(RowFilter.Explain("a = 1" + string.Concat(Enumerable.Repeat(" or a = 1", 100_000))));
        Assert.Null(RowFilter.Explain("a = 1" + string.Concat(Enumerable.Repeat(" and (a = 1)", 999))));
    }

    [Fact]
    public void Columns_are_named_once_in_order() => Assert.Equal(["b", "a"], RowFilter.Parse("b = 1 or a = 2 and b = 3").Columns);

    [Fact]
    public void Matching_allocates_nothing()
    {
        var filter = RowFilter.Parse("click = 1 and price < 10 or brand in [a, b]");
        RowFilter.Field field = column => column == 0 ? "1" : "12.5";
        filter.Matches(field);
        Assert.Equal(0, AllocationBudget.BytesOnThisThread(() =>
        {
            for (int i = 0; i < 1000; i++) filter.Matches(field);
        }));
    }
}
