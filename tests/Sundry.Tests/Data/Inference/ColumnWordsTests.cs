using Sundry.Data;

namespace Sundry.Tests;

public class ColumnWordsTests
{
    [Theory]
    [InlineData("userId", "user id")]
    [InlineData("Clothing ID", "clothing id")]
    [InlineData("wage_per_hour", "wage per hour")]
    [InlineData("SalePrice", "sale price")]
    [InlineData("rating:float", "rating float")]
    [InlineData("", "")]
    public void A_name_is_taken_apart(string name, string words) => Assert.Equal(words, string.Join(' ', ColumnWords.Of(name)));

    [Theory]
    [InlineData("zip_code", true)]
    [InlineData("age", false)]
    [InlineData("num_category", false)]
    [InlineData("product_price", false)]
    [InlineData("product", true)]
    [InlineData("foo", null)]
    public void A_name_tells_codes_from_amounts(string name, bool? code) => Assert.Equal(code, ColumnWords.IsCode(name));
}
