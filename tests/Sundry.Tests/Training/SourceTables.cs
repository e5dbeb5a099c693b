using System.Globalization;
using System.Text;
using Sundry.Data;
using Sundry.Training;

namespace Sundry.Tests.Training;

/// <summary>
/// Three tables of a shop in a folder of its own: visits (click), users (churn) and reviews (stars, helpful). A user's hidden taste, which no column shows, moves all
/// three, so that what one table says of a user helps in the others.
/// </summary>
internal sealed class SourceTables : IDisposable
{
    public const string Sources = "users: {train: users.csv, split: {by: user, column: user}}, reviews: {train: reviews.csv, split: {by: user, column: user}}";
    public const string Tasks = "{click: binary, churn: {type: binary, source: users}, stars: {type: regression, source: reviews}}";
    private const string Features = "features: {user: categorical, hour: categorical, price: numeric, age: numeric, words: multi_categorical, day: date}\n";
    private const string Model = "{architecture: mmoe, embedding: 4, experts: {count: 2, layers: [8]}, tower: [4], dropout: 0.1}";

    private readonly List<Dataset> _open = [];

    public SourceTables(int visits = 900, int users = 60, int reviews = 240)
    {
        var random = new Random(7);
        var tastes = Enumerable.Range(0, users).Select(_ => 4 * random.NextDouble() - 2).ToArray();
        var (seen, known, rated) = (new StringBuilder("user,hour,price,click\n"), new StringBuilder("user,age,price,churn\n"), new StringBuilder("user,price,words,day,verified,stars,helpful\n"));
        for (var i = 0; i < visits; i++)
        {
            var (u, price) = (random.Next(users), random.Next(1, 50));
            Line(seen, $"u{u},h{random.Next(4)},{price},{(Chance(random, tastes[u] + price / 50.0) ? 1 : 0)}");
        }

        for (var u = 0; u < users; u++) Line(known, $"u{u},{random.Next(18, 80)},{random.Next(1, 50)},{(Chance(random, -2 * tastes[u]) ? 1 : 0)}");
        for (var i = 0; i < reviews; i++)
        {
            var u = random.Next(users);
            Line(rated, $"u{u},{random.Next(1, 50)},w{random.Next(5)}|w{random.Next(5)},2024-0{1 + i % 9}-10,{i % 4},{3 + 0.8 * tastes[u] + 0.3 * random.NextDouble():0.###},{i % 2}");
        }

        Folder.Write("visits.csv", seen.ToString());
        Folder.Write("users.csv", known.ToString());
        Folder.Write("reviews.csv", rated.ToString());
    }

    public TemporaryFolder Folder { get; } = new();

    /// <summary>Options for the three tasks.</summary>
    /// <param name="training">What is under training.</param>
    /// <param name="sources">What is under data.sources.</param>
    /// <param name="tasks">What is under tasks.</param>
    /// <param name="model">What is under model.</param>
    /// <param name="features">The line of features.</param>
    /// <param name="main">How the main table is split.</param>
    public static SundryOptions Options(string training = "{epochs: 2, batch: 32}", string sources = Sources, string tasks = Tasks, string model = Model, string features = Features, string main = "split: {by: user, column: user}") =>
        ConfigReader.Read<SundryOptions>($"name: shop\ndata: {{train: visits.csv, {main}, sources: {{{sources}}}}}\n{features}tasks: {tasks}\nmodel: {model}\ntraining: {training}\n", "sundry.yaml");

    /// <summary>Prepares; closed with the tables.</summary>
    public Dataset Prepare(SundryOptions options)
    {
        var data = Dataset.Prepare(options.Request(Folder.Root));
        _open.Add(data);
        return data;
    }

    public void Dispose()
    {
        foreach (var data in _open) data.Dispose();
        Folder.Dispose();
    }

    private static bool Chance(Random random, double logit) => random.NextDouble() < 1 / (1 + Math.Exp(-logit));

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
