using Sundry.Data;
using Sundry.Models;
using Sundry.Serving;
using Sundry.Training;

namespace Sundry.Tests.Training;

/// <summary>Tasks of three sources in one model, from the configuration to predictions.</summary>
public sealed class SourceTrainingTests : IDisposable
{
    // batch normalisation needs batches of all sources
    private const string Layered = "{architecture: mmoe, embedding: 4, experts: {count: 2, layers: [8]}, tower: [4], dropout: 0.1, normalization: layer}";

    private readonly SourceTables _tables = new();

    public void Dispose() => _tables.Dispose();

    [Theory]
    [InlineData("mixed")]
    [InlineData("proportional")]
    [InlineData("in_turn")]
    [InlineData("{draw: temperature, temperature: 3}")]
    [InlineData("alternate")]
    public void However_batches_are_drawn_every_task_is_learned_and_a_resumed_training_ends_with_the_same_weights(string draw)
    {
        // users of the test are seen in training, so that what one source says of a user can be asked for in another
        var sources = "users: {train: users.csv, validation: users.csv, split: {test: 0%}}, reviews: {train: reviews.csv, validation: reviews.csv, split: {test: 0%}}";
        var options = SourceTables.Options($"{{epochs: 9, batch: 32, learning_rate: 0.02, schedule: constant, sources: {draw}, early_stopping: {{patience: 0}}}}", sources, model: Layered, main: "validation: visits.csv, split: {test: 0%}");
        var data = _tables.Prepare(options);
        using var whole = new Trainer(data, options, _tables.Folder.Path("whole")).Train();
        var best = whole.History[whole.BestEpoch - 1].Validation;
        Assert.True(best["click"]["auc"] > 0.7, $"click {best["click"]["auc"]}");
        Assert.True(best["churn"]["auc"] > 0.7, $"churn {best["churn"]["auc"]}");
        Assert.True(best["stars"]["r2"] > 0.3, $"stars {best["stars"]["r2"]}");

        var trainer = new Trainer(data, options, _tables.Folder.Path("cut"));
        foreach (var epoch in new[] { 2, 5 })
        {
            using var cancel = new CancellationTokenSource();
            Assert.ThrowsAny<OperationCanceledException>(() => trainer.Train(resume: true, new Relay<TrainProgress>(p =>
            {
                if (p.Epoch == epoch + 1) cancel.Cancel();
                if (p.Epoch == epoch && p.Finished is not null) cancel.Cancel();
            }), cancel.Token));
        }

        using var resumed = trainer.Train(resume: true);
        Assert.Equal(WeightBytes.Of(whole), WeightBytes.Of(resumed));
        var threads = options with { Training = options.Training with { Threads = 1 } };
        using var one = new Trainer(data, threads, _tables.Folder.Path("one")).Train();
        Assert.Equal(WeightBytes.Of(whole), WeightBytes.Of(one));
    }

    public static TheoryData<string> Sharing => [.. Architectures.Names.Except(["aitm", "dbmtl", "escm2", "esmm", "pepnet", "star"])];

    [Theory]
    [MemberData(nameof(Sharing))]
    public void Every_architecture_that_needs_no_order_of_tasks_takes_several_sources(string architecture)
    {
        var options = SourceTables.Options("{epochs: 1, batch: 32}", model: $"{{architecture: {architecture}, embedding: 4, experts: {{count: 2, layers: [8]}}, bottom: [8], tower: [4]}}");
        Trains(options);
    }

    [Theory]
    [InlineData("aitm")]
    [InlineData("dbmtl")]
    [InlineData("esmm")]
    public void A_chain_of_tasks_of_one_source_may_stand_beside_tasks_of_others(string architecture)
    {
        const string Tasks = "{click: binary, stars: {type: regression, source: reviews}, helpful: {type: binary, source: reviews}, top: {type: binary, label: verified, positive: ['3'], source: reviews, after: helpful, at_most: helpful}}";
        var options = SourceTables.Options("{epochs: 1, batch: 32}", "reviews: reviews.csv", Tasks, features: "features: {user: categorical, hour: categorical, price: numeric}\n", model: $"{{architecture: {architecture}, embedding: 4, bottom: [8], tower: [4]}}");
        Trains(options);
    }

    [Theory]
    [InlineData("star")]
    [InlineData("pepnet")]
    public void Rows_of_a_source_without_the_scenario_are_a_scenario_of_their_own(string architecture) =>
        Trains(SourceTables.Options("{epochs: 1, batch: 32}", model: $"{{architecture: {architecture}, scenario: hour, embedding: 4, bottom: [8], tower: [4]}}"));

    public static TheoryData<string> Balancing => [.. Balancers.Names];

    [Theory]
    [MemberData(nameof(Balancing))]
    public void Every_balancer_takes_tasks_of_several_sources(string balancing)
    {
        if (balancing is "searched") return;
        if (balancing == "decay") balancing = "{method: decay, factors: {churn: 0.9}}";
        Trains(SourceTables.Options($"{{epochs: 2, batch: 32, balancing: {balancing}}}"));
        if (!Balancers.OfGradients.Contains(balancing)) Trains(SourceTables.Options($"{{epochs: 4, batch: 32, sources: alternate, balancing: {balancing}}}", model: Layered));
    }

    [Fact]
    public void A_task_alone_is_trained_on_the_rows_of_its_source_and_judged_on_them()
    {
        var options = SourceTables.Options("{epochs: 2, batch: 32}");
        var data = _tables.Prepare(options);
        using var alone = new Trainer(data, options, _tables.Folder.Path("alone"), ["stars"]).Train();
        var rows = data.Validation.RowsOf(data.Layout.Tasks[2]);
        var judged = Assert.Single(Evaluation.Predict(alone.Model, alone.Store, data.Validation, 1));
        Assert.Equal(rows.Count, judged.Labels.Length);
        Assert.DoesNotContain(judged.Labels, float.IsNaN);
        // tables for users, price ranges, words and days; none for hours and ages
        var fields = data.Layout.Ids.Where(f => f.Feature is "user" or "price" or "day").Sum(f => f.Rows) + data.Layout.Bags.Sum(b => b.Rows);
        Assert.Equal(fields, Assert.Single(alone.Model.Graph.Tables).Rows);
        var results = new Comparison(data, options, _tables.Folder.Path("runs"), new Silent()).Compare(["mmoe"], ["equal"], 1, CancellationToken.None);
        Assert.Equal(["click", "churn", "stars"], results[1].Tasks.Select(t => t.Task));
        Assert.All(results[1].Tasks, t => Assert.True(double.IsFinite(t.Value.Mean)));
        // what is kept on disk is read back as it was
        var again = new Comparison(data, options, _tables.Folder.Path("runs"), new Silent()).Compare(["mmoe"], ["equal"], 1, CancellationToken.None);
        Assert.Equal(results[1].Tasks.Select(t => t.Value), again[1].Tasks.Select(t => t.Value));
    }

    [Theory]
    [InlineData("mixed")]
    [InlineData("alternate")]
    public void A_bundle_predicts_and_judges_the_rows_of_each_source(string draw)
    {
        var options = SourceTables.Options($"{{epochs: 4, batch: 32, sources: {draw}}}", sources: "users: {train: users.csv, test: users.csv}, reviews: {train: reviews.csv, test: reviews.csv}", model: Layered, main: "test: visits.csv");
        var request = new RunRequest(options, _tables.Folder.Root, _tables.Folder.Path("model"), "the command", "0");
        var result = new TrainingRun(request, new Silent(), TimeProvider.System).Execute(CancellationToken.None);
        Assert.Equal(["click", "churn", "stars"], result.Tasks.Keys);
        Assert.Contains("Rows of each source", File.ReadAllText(Path.Combine(result.Model, "report.html")), StringComparison.Ordinal);
        using var bundle = Bundle.Load(result.Model);
        foreach (var (source, file, task) in new[] { ("main", "visits.csv", "click"), ("users", "users.csv", "churn"), ("reviews", "reviews.csv", "stars") })
        {
            using var reader = TableReader.Open([_tables.Folder.Path(file)]);
            var judged = Assert.Single(TableEvaluation.Predict(bundle, reader, skipBadRows: false, CancellationToken.None, source));
            Assert.Equal(task, judged.Task.Name);
            foreach (var metric in judged.Metrics(bootstrap: 0)) Assert.Equal(result.Tasks[task]["test"][metric.Name]!.Value, metric.Value, 12);
            using var again = TableReader.Open([_tables.Folder.Path(file)]);
            using var job = new PredictionJob(bundle, source);
            using var output = new MemoryStream();
            Assert.Equal(judged.Labels.Length, job.Run(again, output, skipBadRows: false, null, CancellationToken.None));
            var lines = System.Text.Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.EndsWith(",p_" + task, lines[0].TrimEnd(), StringComparison.Ordinal);
            Assert.Equal(judged.Values, lines[1..].Select(l => float.Parse(l[(l.LastIndexOf(',') + 1)..], System.Globalization.CultureInfo.InvariantCulture)));
        }

        Assert.Contains("'reviws'; did you mean 'reviews'?", Assert.Throws<InputException>(() => new PredictionJob(bundle, "reviws")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{type: binary, sampling: 20%}")]
    [InlineData("{type: binary, sampling: {positives: 5}}")]
    [InlineData("{type: binary, sampling: {negatives: 50%, positives: 4}}")]
    public void Predictions_of_a_task_that_samples_its_rows_are_as_many_as_happen(string click)
    {
        using var table = new LabelledTable(6000, noise: 0.3);
        var options = LabelledTable.Options("{epochs: 6, batch: 128}", tasks: $"{{buy: {click}, spend: regression}}", data: "{train: train.csv, validation: 30%, split: {test: 0%}}");
        using var trained = new Trainer(table.Prepare(options), options, table.Folder.Path("work")).Train();
        var metrics = trained.History[trained.BestEpoch - 1].Validation["buy"];
        Assert.InRange(metrics["calibration"], 0.9, 1.1);
        Assert.True(metrics["auc"] > 0.75);
    }

    private void Trains(SundryOptions options)
    {
        using var trained = new Trainer(_tables.Prepare(options), options, _tables.Folder.Path("work")).Train();
        Assert.All(trained.Model.Heads, head => Assert.Contains(trained.History, e => double.IsFinite(e.TrainLoss[head.Task.Name])));
        Assert.All(trained.History.SelectMany(e => e.Validation.Values), metrics => Assert.Contains(metrics.Values, double.IsFinite));
    }

    private sealed class Silent : IRunObserver
    {
        public void Preparing(PrepareProgress progress)
        {
        }

        public void Prepared(DataSummary summary)
        {
        }

        public void Training(TrainProgress progress)
        {
        }

        public void Doing(string what)
        {
        }
    }
}
