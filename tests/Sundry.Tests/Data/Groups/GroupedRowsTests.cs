using System.Globalization;
using Sundry.Data;

namespace Sundry.Tests;

public sealed class GroupedRowsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("by: random", true)]
    [InlineData("by: time, column: day", false)]
    public void Groups_and_numbers_belong_to_the_rows_beside_them(string split, bool cached)
    {
        _folder.Write("train.csv", Table(9000));
        var request = Request($"{{train: train.csv, validation: 20%, split: {{{split}, test: 30%}}}}");
        if (cached) Dataset.Prepare(request).Dispose();
        using var data = Dataset.Prepare(request);
        Assert.Equal(cached, data.Summary.FromCache);
        foreach (var (table, groups) in new[] { (data.Validation, data.ValidationGroups!), (data.Test!, data.TestGroups!) })
        {
            Assert.Equal(table.Count, groups.Count);
            var (labels, of) = (new float[table.Count], new Dictionary<float, ulong>());
            table.ReadLabels(0, labels);
            Assert.Equal(labels, groups.Numbers(0).ToArray());
            // the label says which group a row is of
            for (var i = 0; i < labels.Length; i++) Assert.Equal(groups.Groups[i], of.TryAdd(MathF.Floor(labels[i]), groups.Groups[i]) ? groups.Groups[i] : of[MathF.Floor(labels[i])]);
            Assert.Equal(of.Count, of.Values.Distinct().Count());
        }
    }

    [Fact]
    public void A_table_without_the_group_is_refused()
    {
        _folder.Write("train.csv", Table(100));
        var request = Request("{train: train.csv, validation: 20%}") with { Groups = new("sesion", []) };
        Assert.Contains("the column 'sesion', named as ranking.group, is not in this file; did you mean 'session'?", Assert.Throws<InputException>(() => Dataset.Prepare(request)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_that_is_none_is_refused_and_a_missing_one_is_nothing()
    {
        _folder.Write("train.csv", Table(100) + "s1,1,,2,\ns1,1,cheap,2,1\n");
        var message = Assert.Throws<InputException>(() => Dataset.Prepare(Request("{train: train.csv, validation: 20%}"))).Message;
        Assert.Contains("line 103, column 3: 'cheap' is not a number, which the column 'price' of 'ranking' must hold", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_without_a_group_are_groups_of_their_own()
    {
        _folder.Write("train.csv", string.Join('\n', Table(200).Split('\n').Select((line, i) => i == 0 || line.Length == 0 ? line : line[line.IndexOf(',', StringComparison.Ordinal)..])));
        using var data = Dataset.Prepare(Request("{train: train.csv, validation: 20%}"));
        Assert.Equal(data.Validation.Count, data.ValidationGroups!.Groups.ToArray().Distinct().Count());
    }

    private DataRequest Request(string data) => ConfigReader.Read<Sundry.Training.SundryOptions>(
        $"data: {data}\nfeatures: {{x: numeric}}\ntasks: {{y: regression}}\n", "sundry.yaml").Request(_folder.Root) with
    { Groups = new("session", ["price"]) };

    private static string Table(int rows)
    {
        var random = new Random(1);
        var text = new System.Text.StringBuilder("session,day,price,x,y\n");
        for (var i = 0; i < rows; i++)
        {
            var session = random.Next(rows / 5);
            var y = (session + .25f * random.Next(4)).ToString(CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"s{session},{random.Next(30)},{y},{random.NextDouble()},{y}\n");
        }

        return text.ToString();
    }
}
