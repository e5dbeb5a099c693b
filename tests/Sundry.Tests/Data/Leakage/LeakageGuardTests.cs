using System.Globalization;
using System.Text;
using Sundry.Data;

namespace Sundry.Tests;

public sealed class LeakageGuardTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Columns_that_are_the_label_in_disguise_are_found_and_others_are_not()
    {
        var random = new Random(1);
        var text = new StringBuilder("good,word,number,negated,order,tags,id,y,r,m\n");
        for (int row = 0; row < 4000; row++)
        {
            int y = random.Next(20) == 0 ? 1 : 0;
            double r = Math.Exp(random.NextDouble() * 5);
            int m = random.Next(4);
            text.Append(CultureInfo.InvariantCulture, $"{y + random.NextDouble() * 1.6:F3},{(y == 1 ? "bought" : "left")},{y * 3 + 0.5},{-y},{(y == 1 ? $"o{row}" : "")},{(y == 1 ? "a|paid" : "a|b")},{row},{y},{r},{m}\n");
        }

        _folder.Write("t.csv", text.ToString());
        var features = new Dictionary<string, FeatureOptions>
        {
            ["good"] = new() { Kind = FeatureKind.Numeric },
            ["word"] = new() { Kind = FeatureKind.Categorical },
            ["number"] = new() { Kind = FeatureKind.Numeric, Encoding = NumericEncoding.Standard },
            ["negated"] = new() { Kind = FeatureKind.Numeric, Encoding = NumericEncoding.Buckets },
            ["order"] = new() { Kind = FeatureKind.Categorical },
            ["tags"] = new() { Kind = FeatureKind.MultiCategorical },
            ["id"] = new() { Kind = FeatureKind.Categorical, MinCount = 1 },
        };
        using var data = Dataset.Prepare(ShopTable.Request(_folder, new DataOptions { Train = ["t.csv"] }, features, new() { ["y"] = new TaskOptions() }));
        var leaks = LeakageGuard.Find(data);
        Assert.Equal(["negated", "number", "order", "tags", "word"], leaks.Select(leak => leak.Feature).Order());
        Assert.All(leaks, leak => Assert.Equal(("y", "AUC", 1.0), (leak.Task, leak.Measure, leak.Figure)));
        Assert.Empty(LeakageGuard.Find(data, 1));
        Assert.Contains(LeakageGuard.Find(data, 0.85), leak => leak.Feature == "good");
    }

    [Fact]
    public void Regressions_and_classes_are_guarded_too()
    {
        var random = new Random(1);
        var text = new StringBuilder("noise,copy,code,y,m\n");
        for (int row = 0; row < 3000; row++)
        {
            double y = random.NextDouble() * 100;
            // 99 % are of one class, so that accuracy would call everything a leak
            int m = random.Next(100) == 0 ? random.Next(1, 3) : 0;
            text.Append(CultureInfo.InvariantCulture, $"{random.NextDouble()},{-2 * y + 7},{"xyz"[m]},{y},{m}\n");
        }

        _folder.Write("t.csv", text.ToString());
        var features = new Dictionary<string, FeatureOptions>
        {
            ["noise"] = new() { Kind = FeatureKind.Numeric },
            ["copy"] = new() { Kind = FeatureKind.Numeric },
            ["code"] = new() { Kind = FeatureKind.Categorical },
        };
        var tasks = new Dictionary<string, TaskOptions> { ["y"] = new() { Type = TaskType.Regression }, ["m"] = new() { Type = TaskType.Multiclass } };
        using var data = Dataset.Prepare(ShopTable.Request(_folder, new DataOptions { Train = ["t.csv"], Validation = new ValidationOptions { Share = new Share(0.3) } }, features, tasks));
        var leaks = LeakageGuard.Find(data);
        Assert.Equal([("code", "m", "errors removed"), ("copy", "y", "R²")], leaks.Select(leak => (leak.Feature, leak.Task, leak.Measure)));
    }

    [SkippableFact]
    public void Nothing_in_the_census_is_a_leak()
    {
        var train = SharedFolder.Require("data/census/train.csv.gz");
        var tasks = new Dictionary<string, TaskOptions>
        {
            ["income"] = new() { Positive = ["50000+."] },
            ["single"] = new() { Label = "marital_status", Positive = ["Never married"] },
        };
        var data = new DataOptions
        {
            Train = [train],
            Validation = new ValidationOptions { Files = [SharedFolder.Require("data/census/validation.csv.gz")] },
            Test = [SharedFolder.Require("data/census/test.csv.gz")],
        };
        using var census = Dataset.Prepare(ShopTable.Request(_folder, data, null, tasks, ["instance_weight"]) with { Features = null });
        Assert.Equal((69_834, 9_976, 19_952), (census.Train.Count, census.Validation.Count, census.Test!.Count));
        Assert.Empty(LeakageGuard.Find(census));
        // household detail is honest and strong
        Assert.Contains(LeakageGuard.Find(census, 0.85), leak => leak.Task == "single");
    }
}
