using System.Globalization;
using System.Text;
using Sundry.Data;

namespace Sundry.Tests;

public class FeatureInferenceTests
{
    private static readonly IReadOnlyList<string> s_missing = new DataOptions().Missing;

    [Theory]
    [InlineData("brand", "acme,bolt,acme,core", 200, "categorical")]
    [InlineData("age", "20..69", 200, "numeric")]
    [InlineData("age", "1..5", 200, "numeric")]
    [InlineData("rooms", "1..5", 200, "categorical")]
    [InlineData("rooms", "1..30", 200, "numeric")]
    [InlineData("occupation_code", "0..46", 200, "categorical")]
    [InlineData("age_group", "1..30", 200, "categorical")]
    [InlineData("item_price", "1..30", 200, "numeric")]
    [InlineData("item_count", "1..30", 200, "numeric")]
    [InlineData("userId", "1..150", 400, "categorical")]
    [InlineData("userid", "1..150", 400, "categorical")]
    [InlineData("x", "1..943", 5000, "categorical")]
    [InlineData("x", "100..250", 5000, "numeric")]
    [InlineData("zip", "02139,02140,10001", 200, "categorical")]
    [InlineData("x", "007,123,045,400,401,402,403,404,405,406,407,408", 200, "categorical")]
    [InlineData("price", "1.5,2.25,9.99", 200, "numeric")]
    [InlineData("flag", "0,1", 200, "categorical")]
    [InlineData("x", "0,0,", 200, "categorical")]
    [InlineData("day", "2024-01-01,2024-01-02,2024-03-05", 200, "date")]
    [InlineData("x", "2024-01-01 10:00:00,2024-01-02 11:30:00", 200, "date")]
    [InlineData("timestamp", "978300174..978300374", 150, "date")]
    [InlineData("created_at", "1700000000..1700000100", 150, "date")]
    [InlineData("x", "874724710..874725710", 500, "date")]
    [InlineData("basket_id", "1700000000..1700000050", 150, "categorical")]
    [InlineData("year", "1990..2020", 200, "numeric")]
    [InlineData("genres", "a|b,b|c,c,a|c|d", 200, "multi_categorical |")]
    [InlineData("tags", "red;wool,red;cotton,blue;wool;new,blue;silk", 200, "multi_categorical ;")]
    [InlineData("text", "the dress no.1..100", 100, "text")]
    [InlineData("look", "0.1|2|-3;0.5|1e-3|4;1|2|3.5", 60, "vector")]
    [InlineData("look", "0.1 2 -3;0.5 1 4", 60, "vector")]
    [InlineData("ids", "1|2|3;4|5|6;7|8|9;1|5|9", 60, "multi_categorical |")]
    [InlineData("ids", "0.5|2|3;4|5;7|8|9;1|5|9", 60, "multi_categorical |")]
    [InlineData("segment", "1) $0 - $100,2) $100 - $200", 200, "categorical")]
    public void A_kind_follows_from_values_and_name(string name, string values, int rows, string expected)
    {
        var options = FeatureInference.Judge(Column(name, values, rows), s_missing).Options;
        Assert.NotNull(options);
        var kind = ConfigWords.Of(options.Kind);
        Assert.Equal(expected, options.Kind == FeatureKind.MultiCategorical ? $"{kind} {options.Separator}" : kind);
    }

    [Theory]
    [InlineData("x", "", 50, "no row has a value")]
    [InlineData("x", "NA,?", 50, "no row has a value")]
    [InlineData("x", "same", 50, "constant: always 'same'")]
    [InlineData("instance_weight", "1.5,2.5,3.5", 50, "a row's weight, not a feature; data.weight would use it")]
    [InlineData("user_id", "5..104", 100, "an identifier: every value is different")]
    [InlineData("", "0..99", 100, "an identifier: every value is different")]
    [InlineData("x", "0..99", 100, "an identifier: every value is different")]
    [InlineData("x", "n1..100", 100, "an identifier or a name: 100 distinct")]
    public void What_cannot_be_learned_from_is_left_out_with_a_reason(string name, string values, int rows, string note)
    {
        var verdict = FeatureInference.Judge(Column(name, values, rows), s_missing);
        Assert.Null(verdict.Options);
        Assert.Equal(note, verdict.Note);
    }

    [Fact]
    public void A_measure_that_differs_in_every_row_is_no_identifier()
    {
        var column = new ColumnSample("income");
        var random = new Random(1);
        for (int i = 0; i < 200; i++) column.Add(Encoding.UTF8.GetBytes((20_000 + random.Next(100_000)).ToString(CultureInfo.InvariantCulture)));
        Assert.Equal(FeatureKind.Numeric, FeatureInference.Judge(column, s_missing).Options!.Kind);
    }

    [Fact]
    public void A_note_says_how_many_values_there_are_and_how_many_are_missing()
    {
        Assert.Equal("2 distinct, 25 % missing", FeatureInference.Judge(Column("x", "a,b,?,a", 400), s_missing).Note);
        Assert.Equal("3 distinct, 1.5 to 9", FeatureInference.Judge(Column("price", "1.5,2,9", 300), s_missing).Note);
    }

    [Fact]
    public void A_dash_among_numbers_is_proposed_as_missing()
    {
        var column = Column("wage", string.Join(',', Enumerable.Range(10, 30)) + ",-", 310);
        Assert.Equal(FeatureKind.Categorical, FeatureInference.Judge(column, s_missing).Options!.Kind);
        var verdict = FeatureInference.Judge(column, s_missing, markers: true);
        Assert.Equal(FeatureKind.Numeric, verdict.Options!.Kind);
        Assert.Equal(["-"], verdict.Markers);
        // 40+ is a value, not the lack of one
        Assert.Equal(FeatureKind.Categorical, FeatureInference.Judge(Column("wage", string.Join(',', Enumerable.Range(10, 30)) + ",40+", 310), s_missing, markers: true).Options!.Kind);
    }

    [Fact]
    public void Vectors_longer_than_what_is_kept_of_a_value_are_vectors()
    {
        var column = new ColumnSample("image");
        var random = new Random(1);
        for (int i = 0; i < 50; i++) column.Add(Encoding.UTF8.GetBytes(string.Join('|', Enumerable.Range(0, 64).Select(_ => random.NextDouble().ToString("0.0000", CultureInfo.InvariantCulture)))));
        var verdict = FeatureInference.Judge(column, s_missing);
        Assert.Equal((FeatureKind.Vector, "vectors"), (verdict.Options!.Kind, verdict.Note));
    }

    private static ColumnSample Column(string name, string values, int rows)
    {
        string[] texts;
        if (values.Split("..") is [var from, var to])
        {
            var prefix = from.TrimEnd("0123456789".ToCharArray());
            long first = long.Parse(from[prefix.Length..], CultureInfo.InvariantCulture);
            texts = [.. Enumerable.Range(0, (int)(long.Parse(to, CultureInfo.InvariantCulture) - first) + 1).Select(i => prefix + (first + i).ToString(CultureInfo.InvariantCulture))];
        }
        else
        {
            texts = values.Split(name is "look" or "ids" ? ';' : ',');
        }

        var column = new ColumnSample(name);
        for (int i = 0; i < rows; i++) column.Add(Encoding.UTF8.GetBytes(texts[i % texts.Length]));
        return column;
    }
}
