using System.Globalization;
using System.Text;
using Sundry.Data;

namespace Sundry.Tests;

/// <summary>A small table with every kind of feature and task, some values of each missing, and the configuration that reads it.</summary>
internal static class ShopTable
{
    public static string Csv(int rows, int seed = 1)
    {
        var random = new Random(seed);
        var text = new StringBuilder("user,brand,tags,price,stock,when,click,dwell,items,mood,w\n");
        for (int row = 0; row < rows; row++)
        {
            var tags = string.Join('|', Enumerable.Range(0, random.Next(4)).Select(_ => $"t{random.Next(12)}"));
            var price = random.Next(10) == 0 ? "" : Math.Exp(random.NextDouble() * 8).ToString("F2", CultureInfo.InvariantCulture);
            var brand = random.Next(12) == 0 ? "NA" : $"\"b, {random.Next(30)}\"";
            var when = random.Next(20) == 0 ? "" : new DateTime(2024, 1, 1).AddMinutes(row * 37).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"u{random.Next(rows / 4 + 1)},{brand},{tags},{price},{random.Next(5)},{when},{random.Next(4) / 3},")
                .Append(CultureInfo.InvariantCulture, $"{(random.Next(3) == 0 ? "" : (random.NextDouble() * 100).ToString("F3", CultureInfo.InvariantCulture))},{random.Next(6)},{"good bad ugly".Split(' ')[random.Next(3)]},{random.Next(1, 9)}\n");
        }

        return text.ToString();
    }

    public static Dictionary<string, FeatureOptions> Features() => new()
    {
        ["user"] = new FeatureOptions { Kind = FeatureKind.Categorical, Hash = 50 },
        ["brand"] = new FeatureOptions { Kind = FeatureKind.Categorical },
        ["tags"] = new FeatureOptions { Kind = FeatureKind.MultiCategorical, Pooling = Pooling.Max },
        ["price"] = new FeatureOptions { Kind = FeatureKind.Numeric, Embedding = 3 },
        ["stock"] = new FeatureOptions { Kind = FeatureKind.Numeric, Encoding = NumericEncoding.Standard },
        ["when"] = new FeatureOptions { Kind = FeatureKind.Date },
    };

    public static Dictionary<string, TaskOptions> Tasks() => new()
    {
        ["click"] = new TaskOptions(),
        ["dwell"] = new TaskOptions { Type = TaskType.Regression, Where = "click = 1" },
        ["items"] = new TaskOptions { Type = TaskType.Count },
        ["mood"] = new TaskOptions { Type = TaskType.Multiclass },
    };

    public static DataRequest Request(TemporaryFolder folder, DataOptions data, Dictionary<string, FeatureOptions>? features = null, Dictionary<string, TaskOptions>? tasks = null, string[]? exclude = null) =>
        new(data, features ?? Features(), exclude ?? [], tasks ?? Tasks(), folder.Root);
}
