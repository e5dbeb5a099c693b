using Sundry.Data;
using Sundry.Models;
using Sundry.Training;

namespace Sundry.Tests.Training;

/// <summary>All that a training can do, switched on at once: what works by itself works beside the rest.</summary>
public sealed class EverythingTests : IDisposable
{
    private const string Noisy = "mixup: 0.3, noise: 0.1, embedding_noise: 0.01";
    private const string Tasks = """
        {click: {type: binary, gradient: {embedding: 0.5}, focal: 1}, late: {type: binary, label: click, at_most: click, main: false, gradient: {shared: 0.5}, label_smoothing: 0.1},
         churn: {type: binary, source: users, gradient: {representation: 0.5, embedding: 0}, sampling: 50%}, stars: {type: regression, source: reviews}}
        """;

    private readonly SourceTables _tables = new(visits: 400, users: 60, reviews: 120);

    public void Dispose() => _tables.Dispose();

    public static TheoryData<string> Ways => [.. Architectures.Names];

    [Theory, MemberData(nameof(Ways))]
    public void Every_architecture_takes_mixtures_and_noise_of_several_sources_or_says_why_not(string architecture)
    {
        const string Chain = "{click: binary, stars: {type: regression, source: reviews}, helpful: {type: binary, source: reviews}, top: {type: binary, label: verified, positive: ['3'], source: reviews, after: helpful, at_most: helpful}}";
        const string Free = "{click: binary, stars: {type: regression, source: reviews}, helpful: {type: binary, source: reviews}, top: {type: binary, label: verified, positive: ['3'], source: reviews, at_most: helpful}}";
        var tasks = architecture is "aitm" or "dbmtl" or "esmm" or "escm2" ? Chain : Free;
        foreach (var (draw, normalization) in new[] { ("mixed", "batch"), ("in_turn", "layer") })
        {
            SundryOptions Options(string noise) => SourceTables.Options(
                $"{{epochs: 2, batch: 32, sources: {draw}}}", "reviews: reviews.csv", tasks, features: "features: {user: categorical, hour: categorical, price: numeric}\n",
                model: $"{{architecture: {architecture}, embedding: 4, bottom: [8], experts: {{count: 2, layers: [8]}}, tower: [4], scenario: hour, normalization: {normalization}, {noise}}}");
            if (architecture is "escm2")
            {
                Assert.Contains("sources", Assert.Throws<InputException>(() => Options("noise: 0.1")).Message, StringComparison.Ordinal);
                continue;
            }

            if (architecture is "star" or "pepnet")
                Assert.Contains("'model.mixup'", Assert.Throws<InputException>(() => Train(Options(Noisy)).Dispose()).Message, StringComparison.Ordinal);
            using var trained = Train(Options(architecture is "star" or "pepnet" ? "noise: 0.1, embedding_noise: 0.01" : Noisy));
            Assert.All(trained.History.SelectMany(e => e.TrainLoss.Values), loss => Assert.True(double.IsFinite(loss)));
        }
    }

    public static TheoryData<string> Balancing => [.. Balancers.Names.Except(["searched", "decay"]), "{method: mgda, of: representation}"];

    [Theory, MemberData(nameof(Balancing))]
    public void Tasks_that_teach_embeddings_in_part_go_with_every_balancing_and_are_looked_at_without_harm(string balancing)
    {
        byte[] Weights(string diagnostics, int threads)
        {
            var options = SourceTables.Options($"{{epochs: 2, batch: 64, balancing: {balancing}, diagnostics: {diagnostics}, threads: {threads}, shards: 2}}", tasks: Tasks);
            using var trained = Train(options);
            if (diagnostics == "0") return WeightBytes.Of(trained);
            var gradients = GradientRecord.Over(trained.History)!;
            Assert.All(gradients.Pairs, p => Assert.InRange(p.Cosine, -1.0001, 1.0001));
            // nothing of churn's gradient reaches the rows of embeddings
            Assert.All(gradients.Pairs, p => Assert.Equal(p.First != "churn" && p.Second != "churn", p.Layers.ContainsKey("embeddings")));
            return WeightBytes.Of(trained);
        }

        var weights = Weights("1", 1);
        Assert.Equal(weights, Weights("0", 2));
    }

    [Theory]
    [InlineData("{method: searched, trials: 3}", "in_turn", "layer")]
    [InlineData("cagrad", "mixed", "batch")]
    [InlineData("uncertainty", "alternate", "none")]
    public void Everything_at_once_ends_with_the_same_bundle_on_any_number_of_threads_and_after_any_interruption(string balancing, string draw, string normalization)
    {
        SundryOptions Options(int threads) => SourceTables.Options(
            $"{{epochs: 4, batch: 64, balancing: {balancing}, sources: {draw}, l1: 1e-5, diagnostics: 1, clip: 1, shards: 4, threads: {threads}, early_stopping: {{patience: 0}}}}",
            "users: {train: users.csv, validation: users.csv, test: users.csv}, reviews: {train: reviews.csv, validation: reviews.csv, test: reviews.csv}", Tasks,
            $"{{architecture: mmoe, embedding: 4, experts: {{count: 2, layers: [8]}}, tower: [4], dropout: 0.1, normalization: {normalization}, {Noisy}}}", main: "validation: visits.csv, test: visits.csv, allow_leak: [user]") with
        {
            Ranking = new() { Group = "user", Goal = new() { Ndcg = "click", At = 3 }, Value = new() { Terms = ["click", "click*price"] } },
        };

        var one = Run("one", Options(1));
        var two = Run("two", Options(2));
        Assert.Equal(one.Weights, two.Weights);
        Assert.Equal(one.Ranking, two.Ranking);
        // stopped while weights are searched for, and while the model is trained
        foreach (var stop in balancing.Contains("searched", StringComparison.Ordinal) ? new[] { 2, 6 } : [2, 1]) Run("cut", Options(2), stop);
        var cut = Run("cut", Options(2));
        Assert.Equal(one.Weights, cut.Weights);
        Assert.Equal(one.Ranking, cut.Ranking);
        Assert.False(Directory.Exists(TrainingRun.WorkFolder(_tables.Folder.Path("cut"))));
    }

    private (byte[] Weights, string Ranking) Run(string name, SundryOptions options, int? stop = null)
    {
        var place = _tables.Folder.Path(name);
        using var cancel = new CancellationTokenSource();
        var epochs = 0;
        var observer = new Observer(() =>
        {
            if (++epochs == stop) cancel.Cancel();
        });
        var run = new TrainingRun(new RunRequest(options, _tables.Folder.Root, place, "", "", Resume: true), observer, TimeProvider.System);
        if (stop is not null)
        {
            Assert.ThrowsAny<OperationCanceledException>(() => run.Execute(cancel.Token));
            return ([], "");
        }

        var result = run.Execute(cancel.Token);
        Assert.Equal(["click", "late", "churn", "stars"], result.Tasks.Keys);
        using var bundle = Bundle.Load(place);
        Assert.Equal(["click", "churn", "stars"], bundle.Model.MainHeads.Select(h => h.Task.Name));
        return (WeightBytes.Of(bundle.Store), File.ReadAllText(Path.Combine(place, RankingInfo.FileName)));
    }

    private TrainedModel Train(SundryOptions options) => new Trainer(_tables.Prepare(options), options, _tables.Folder.Path("work")).Train();

    private sealed class Observer(Action epoch) : IRunObserver
    {
        public void Preparing(PrepareProgress progress)
        {
        }

        public void Prepared(DataSummary summary)
        {
        }

        public void Training(TrainProgress progress)
        {
            if (progress.Finished is not null) epoch();
        }

        public void Doing(string what)
        {
        }
    }
}
