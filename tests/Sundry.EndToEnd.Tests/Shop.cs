using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Sundry.EndToEnd.Tests;

/// <summary>
/// A small shop whose relation between features and labels is known: clicks follow the customer's taste, the item's appeal and the price;
/// stars the appeal; visits the taste; the price's class the price.
/// </summary>
internal sealed class Shop
{
    /// <summary>The columns in order.</summary>
    public static readonly string[] Columns = ["user", "item", "price", "age", "tags", "device", "w", "click", "stars", "visits", "level"];

    private const int Users = 40;
    private const int Items = 30;
    private static readonly string[] s_devices = ["phone", "tablet", "desktop"];
    private static readonly string[] s_levels = ["cheap", "fair", "dear"];

    private readonly List<string[]> _rows = [];

    public Shop(int rows, int seed)
    {
        var world = new Random(20);
        double[] taste = [.. Enumerable.Range(0, Users).Select(_ => Normal(world))];
        double[] appeal = [.. Enumerable.Range(0, Items).Select(_ => Normal(world))];
        var random = new Random(seed);
        for (var r = 0; r < rows; r++)
        {
            var (user, item) = (random.Next(Users), random.Next(Items));
            var price = Math.Round(10 + 90 * random.NextDouble(), 2);
            var sale = random.NextDouble() < 0.3;
            var logit = -0.8 + 1.5 * taste[user] + 1.2 * appeal[item] - (price - 55) / 40 + (sale ? 0.8 : 0);
            var click = random.NextDouble() < 1 / (1 + Math.Exp(-logit));
            var stars = 3 + 0.7 * appeal[item] + 0.3 * Normal(random);
            var visits = Poisson(random, Math.Exp(0.2 + 0.8 * taste[user]));
            var level = s_levels[Math.Clamp((int)((price - 10 + 4 * Normal(random)) / 30), 0, 2)];
            _rows.Add(
            [
                $"u{user}", $"i{item}", Text(price), random.NextDouble() < 0.1 ? "" : Text(20 + random.Next(50)), sale ? "sale|new" : random.NextDouble() < 0.5 ? "new" : "",
                s_devices[random.Next(3)], Text(random.Next(1, 4)), click ? "1" : "0", click ? Text(Math.Round(stars, 2)) : "", Text(visits), level,
            ]);
        }
    }

    /// <summary>The rows' fields, in the order of <see cref="Columns"/>.</summary>
    public IReadOnlyList<string[]> Rows => _rows;

    /// <summary>One column's fields.</summary>
    public IReadOnlyList<string> Column(string name) => [.. _rows.Select(r => r[Array.IndexOf(Columns, name)])];

    /// <summary>Writes rows as CSV or TSV; gzipped where the name ends so.</summary>
    public void Write(string file, int from = 0, int? count = null, char delimiter = ',', bool header = true, string[]? columns = null)
    {
        columns ??= Columns;
        int[] places = [.. columns.Select(c => Array.IndexOf(Columns, c))];
        Lines(file, [.. header ? [string.Join(delimiter, columns)] : Array.Empty<string>(), .. Part(from, count).Select(row => string.Join(delimiter, places.Select(p => row[p])))]);
    }

    /// <summary>Writes rows as JSON Lines: numbers as numbers, bags as text, missing values left out.</summary>
    public void WriteJson(string file, int from = 0, int? count = null)
    {
        string[] words = ["user", "item", "tags", "device", "level"];
        Lines(file, Part(from, count).Select(row =>
            "{" + string.Join(", ", row.Select((field, c) => (field, c)).Where(f => f.field.Length > 0).Select(f => $"\"{Columns[f.c]}\": {(words.Contains(Columns[f.c]) ? $"\"{f.field}\"" : f.field)}")) + "}"));
    }

    private IEnumerable<string[]> Part(int from, int? count) => _rows.Skip(from).Take(count ?? int.MaxValue);

    private static void Lines(string file, IEnumerable<string> lines)
    {
        using Stream place = File.Create(file);
        using var stream = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(place, CompressionLevel.Fastest) : place;
        using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\n" };
        foreach (var line in lines) writer.WriteLine(line);
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static int Poisson(Random random, double mean)
    {
        var (count, product) = (0, random.NextDouble());
        for (var floor = Math.Exp(-mean); product > floor; count++) product *= random.NextDouble();
        return count;
    }
}
