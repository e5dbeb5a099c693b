using System.Globalization;
using System.Text;
using Sundry.Data;

namespace Sundry.Tests;

public class LeakScanTests
{
    private static readonly Random s_random = new(11);

    [Fact]
    public void The_auc_of_a_perfect_a_useless_and_a_half_perfect_feature()
    {
        var labels = Enumerable.Range(0, 4000).Select(_ => s_random.Next(2)).ToArray();
        Assert.Equal(1, Figure(labels.Select(y => y == 1 ? "a" : "b"), Binary(labels)));
        Assert.Equal(0.5, Figure(labels.Select(_ => "v" + s_random.Next(10)), Binary(labels)), 0.05);
        // half of the positives stand out: AUC = 1/2 + 1/2 · 1/2
        Assert.Equal(0.75, Figure(labels.Select(y => y == 1 && s_random.Next(2) == 0 ? "a" : "b"), Binary(labels)), 0.03);
        // a value for each row predicts nothing about other rows
        Assert.Equal(0.5, Figure(labels.Select((_, i) => "id" + i), Binary(labels)), 0.05);
    }

    [Fact]
    public void A_number_is_judged_by_its_neighbours()
    {
        var labels = Enumerable.Range(0, 4000).Select(_ => s_random.Next(2)).ToArray();
        Assert.True(Figure(labels.Select(y => (y + s_random.NextDouble() * 0.999).ToString("R", CultureInfo.InvariantCulture)), Binary(labels)) > 0.98);
        var amounts = Enumerable.Range(0, 4000).Select(_ => s_random.NextDouble()).ToArray();
        var target = new LabelGuess(Profile("y", amounts.Select(Text)), new TaskOptions { Type = TaskType.Regression }, "");
        Assert.True(Figure(amounts.Select(y => Text(3 - (2 * y))), target) > 0.99);
        Assert.True(Figure(amounts.Select(_ => Text(s_random.NextDouble())), target) < 0.05);
    }

    [Fact]
    public void The_errors_removed_from_guessing_a_class()
    {
        var classes = Enumerable.Range(0, 4000).Select(_ => s_random.Next(3)).ToArray();
        var label = new LabelGuess(Profile("y", classes.Select(c => "c" + c)), new TaskOptions { Type = TaskType.Multiclass }, "");
        Assert.Equal(1, Figure(classes.Select(c => "x" + ((c + 1) % 3)), label));
        Assert.Equal(0, Figure(classes.Select(_ => "x" + s_random.Next(3)), label), 0.05);
    }

    [Fact]
    public void Few_rows_say_nothing() => Assert.Equal(double.NaN, Figure(["a", "b", "a", "b"], Binary([1, 0, 1, 0])));

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static LabelGuess Binary(IEnumerable<int> labels) => new(Profile("y", labels.Select(y => y.ToString(CultureInfo.InvariantCulture))), new TaskOptions { Positive = ["1"] }, "");

    private static double Figure(IEnumerable<string> values, LabelGuess label) => LeakScan.Figure(Profile("x", values), label);

    private static ColumnProfile Profile(string name, IEnumerable<string> values)
    {
        var column = new ColumnSample(name);
        foreach (var value in values) column.Add(Encoding.UTF8.GetBytes(value));
        return ColumnProfile.Of(column, new DataOptions().Missing);
    }
}
