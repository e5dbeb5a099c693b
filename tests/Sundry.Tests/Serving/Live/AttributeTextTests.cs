using System.Text.Json;
using Microsoft.Data.Sqlite;
using Sundry.Serving;

namespace Sundry.Tests;

public sealed class AttributeTextTests
{
    [Theory]
    [InlineData("\"lamp\"", "lamp")]
    [InlineData("12", "12")]
    [InlineData("12.50", "12.5")]
    [InlineData("12.0", "12")]
    [InlineData("1e3", "1000")]
    [InlineData("0.1", "0.1")]
    [InlineData("-3.25", "-3.25")]
    [InlineData("true", "1")]
    [InlineData("false", "0")]
    [InlineData("null", null)]
    public void A_column_is_what_a_query_of_the_store_gives(string json, string? text)
    {
        using var document = JsonDocument.Parse(json);
        Assert.Equal(text, AttributeText.Column(document.RootElement));
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT json_extract(@json, '$.a')";
        command.Parameters.AddWithValue("@json", $"{{\"a\":{json}}}");
        var found = command.ExecuteScalar();
        Assert.Equal(text, found is null or DBNull ? null : Convert.ToString(found, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("[\"a\",\"b\",3]", "a|b|3")]
    [InlineData("[]", "")]
    [InlineData("true", "true")]
    [InlineData("{\"a\":1}", null)]
    public void A_fact_is_what_rules_read(string json, string? text)
    {
        using var document = JsonDocument.Parse(json);
        Assert.Equal(text, AttributeText.Fact(document.RootElement));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("1", true)]
    [InlineData("\"yes\"", true)]
    [InlineData("0", false)]
    [InlineData("\"no\"", false)]
    [InlineData("null", false)]
    public void Whether_it_says_yes(string json, bool yes)
    {
        using var document = JsonDocument.Parse(json);
        Assert.Equal(yes, AttributeText.IsTrue(document.RootElement));
    }
}
