using System.Globalization;
using System.Text;
using Sundry.Compute;
using Sundry.Data;
using Sundry.Models;
using Sundry.Training;

namespace Sundry.PublicApi.Tests;

/// <summary>What somebody else's program does with Sundry: own parts, training, saving, loading and scoring in-process, all through what is public.</summary>
public sealed class OutsiderTests : IDisposable
{
    private const string Yaml = """
        name: outside
        data: {train: shop.csv, validation: 20%, split: {test: 20%}}
        features: {user: categorical, price: numeric, tags: multi_categorical}
        tasks:
          buy: binary
          spend: regression
        model: {architecture: averaged, embedding: 4, bottom: [8], experts: {count: 3, layers: [8]}, tower: [4], dropout: 0}
        training: {batch: 64, epochs: 6, learning_rate: 0.02, balancing: latest_first, early_stopping: {metric: buy.auc}}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("sundry-outside-").FullName;

    static OutsiderTests()
    {
        Architectures.Add("averaged", static () => new Averaged());
        Balancers.Add("latest_first", static _ => new LatestFirst());
    }

    public OutsiderTests()
    {
        var random = new Random(1);
        var text = new StringBuilder("user,price,tags,buy,spend\n");
        for (var row = 0; row < 1500; row++)
        {
            var (user, price) = (random.Next(20), Math.Round(10 * random.NextDouble(), 2));
            var logit = (user % 4 - 1.5) * 2 - (price - 5) / 2;
            var buy = random.NextDouble() < 1 / (1 + Math.Exp(-logit)) ? 1 : 0;
            text.Append(CultureInfo.InvariantCulture, $"u{user},{price},{(price > 5 ? "dear" : "cheap|bargain")},{buy},{Math.Round(3 * price + user % 4 + random.NextDouble(), 3)}\n");
        }

        File.WriteAllText(Path.Combine(_folder, "shop.csv"), text.ToString());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Own_parts_train_save_load_and_score_as_those_of_the_house_do()
    {
        var options = ConfigReader.Read<SundryOptions>(Yaml, "sundry.yaml");
        using var data = Dataset.Prepare(options.Request(_folder));
        Assert.Equal(1500, data.Train.Count + data.Validation.Count + data.Test!.Count);
        var heard = new List<TrainProgress>();
        using var trained = new Trainer(data, options, Path.Combine(_folder, "work")).Train(progress: new Listener(heard.Add));
        Assert.Equal(trained.History.Count, heard.Count(p => p.Finished is not null));
        Assert.False(Directory.Exists(Path.Combine(_folder, "work")));

        var judged = Evaluation.Predict(trained.Model, trained.Store, data.Test, threads: 1);
        var buy = judged[0].Metrics(bootstrap: 50);
        var auc = buy.Single(m => m.Name == "auc");
        Assert.True(auc.Value > 0.8, $"AUC {auc.Value}");
        Assert.True(auc.Low < auc.Value && auc.Value < auc.High);
        Assert.Equal(auc.Value, Auc.Of(judged[0].Values, judged[0].Labels), 12);
        Assert.True(judged[1].Metrics(bootstrap: 0).Single(m => m.Name == "r2").Value > 0.5);

        var place = Path.Combine(_folder, "model");
        var info = new BundleInfo(Bundle.FormatVersion, "outside 1.0", options.Name, [.. data.Layout.Tasks.Select(t => t.Name)], options.Training.Balancing.Method, options.Training.Seed, options.Model, ConfigWriter.ToYaml(options));
        Bundle.Save(place, info, data.Encoder, trained.Store, new Dictionary<string, byte[]> { ["note.txt"] = "mine"u8.ToArray() }, overwrite: false);

        using var bundle = Bundle.Load(place);
        Assert.Equal("averaged", bundle.Info.Model.Architecture);
        Assert.Equal(["user", "price", "tags"], bundle.Encoder.InputColumns);
        float[] alone = [.. Score(bundle, capacity: 1)];
        float[] together = [.. Score(bundle, capacity: 100)];
        Assert.Equal(1500, alone.Length);
        for (var i = 0; i < alone.Length; i++) Assert.Equal(together[i], alone[i], 5);
        Assert.All(alone, p => Assert.InRange(p, 0, 1));
        using var reader = TableReader.Open([Path.Combine(_folder, "shop.csv")]);
        var whole = TableEvaluation.Predict(bundle, reader, skipBadRows: false, CancellationToken.None);
        Assert.Equal(together, whole[0].Values);
    }

    [Fact]
    public void A_run_goes_from_a_configuration_to_a_bundle_with_a_report_in_one_call()
    {
        File.WriteAllText(Path.Combine(_folder, "sundry.yaml"), Yaml);
        var options = ConfigReader.ReadFile<SundryOptions>(Path.Combine(_folder, "sundry.yaml"), [new("model.architecture", "ple"), new("training.balancing", "equal")]);
        var observer = new Observer();
        var request = new RunRequest(options, _folder, Path.Combine(_folder, "models", "run"), "a program of mine", "outside 1.0");
        var result = new TrainingRun(request, observer, TimeProvider.System) { Enrich = (report, models) => report with { Name = $"{report.Name}, {models.Judged.Count} tasks" } }.Execute(CancellationToken.None);
        Assert.Equal("ple", result.Architecture);
        Assert.True(result.Tasks["buy"]["test"]["auc"] > 0.8);
        Assert.Equal(result.Epochs, observer.Epochs);
        Assert.NotNull(observer.Summary);
        Assert.Contains("outside, 2 tasks", File.ReadAllText(Path.Combine(result.Model, "report.html")), StringComparison.Ordinal);
        Assert.Throws<InputException>(() => new TrainingRun(request, observer, TimeProvider.System).Execute(CancellationToken.None));
    }

    [Fact]
    public void Rows_that_come_one_by_one_in_memory_are_scored_without_a_file()
    {
        var options = ConfigReader.Read<SundryOptions>(Yaml, "sundry.yaml");
        using var data = Dataset.Prepare(options.Request(_folder));
        using var trained = new Trainer(data, options, Path.Combine(_folder, "work")).Train();
        using var predictor = new Predictor(trained.Model, trained.Store, capacity: 16);
        var batch = new Batch(data.Layout, 16);
        data.Validation.Fill(batch, start: 0, count: 16);
        predictor.Run(batch);
        var probabilities = new float[16];
        predictor.Predictions(trained.Model.Heads.Single(h => h.Task.Name == "buy"), probabilities);
        Assert.Equal(Evaluation.Predict(predictor, data.Validation)[0].Values[..16], probabilities);
    }

    [Fact]
    public void Tasks_are_compared_searched_and_measured_without_the_command_line()
    {
        var options = ConfigReader.Read<SundryOptions>(Yaml, "sundry.yaml", [new("model.architecture", "mmoe"), new("training.balancing", "equal"), new("training.epochs", "2")]);
        using var data = Dataset.Prepare(options.Request(_folder));
        var observer = new Observer();
        var compared = new Comparison(data, options, Path.Combine(_folder, "runs"), observer) { EqualParameters = true }.Compare(["averaged", "mmoe"], ["equal"], seeds: 1, CancellationToken.None);
        Assert.Equal(["single_task", "averaged", "mmoe"], compared.Select(r => r.Architecture));
        Assert.All(compared.Skip(1), r => Assert.True(double.IsFinite(r.Delta)));

        var affinity = new AffinityStudy(data, options, Path.Combine(_folder, "work"), observer).Measure(new AffinityRequest { Models = 2, Every = 2 }, CancellationToken.None);
        Assert.Equal(["buy", "spend"], affinity.Tasks);
        Assert.InRange(affinity.Gradients.Between("buy", "spend")!.Cosine, -1, 1);
        Assert.Contains("model", affinity.Advice, StringComparison.Ordinal);

        var tune = new TuneOptions { Try = new Dictionary<string, IReadOnlyList<string>> { ["training.learning_rate"] = ["0.01", "0.02"] }, Trials = 2, Finalists = 1, Seeds = 1 };
        var found = new Tuner(data, options with { Tune = tune }, _folder, Path.Combine(_folder, "trials"), observer, TimeProvider.System).Run(CancellationToken.None);
        Assert.Equal(2, found.Trials.Count);
        Assert.NotEmpty(found.Finding);
        var page = HtmlReport.Render(new ReportModel { Name = options.Name, Search = found, Comparison = compared, Affinity = affinity });
        foreach (var id in (string[])["search", "comparison", "affinity"]) Assert.Contains($"id=\"{id}\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Items_are_ranked_by_a_formula_over_outputs()
    {
        var formula = new ValueFormula(ValueMethod.WeightedSum, [1, 10]);
        float[] outputs = [.9f, .1f, .5f, .01f, .2f, .02f]; // [2 terms, 3 items]
        var values = new double[3];
        formula.Evaluate(outputs, stride: 3, first: 0, values, new float[3], new int[3]);
        Assert.Equal([1.0, 2.1, .7], values.Select(v => Math.Round(v, 5)));
    }

    private IEnumerable<float> Score(Bundle bundle, int capacity)
    {
        using var reader = TableReader.Open([Path.Combine(_folder, "shop.csv")]);
        using var predictor = new Predictor(bundle.Model, bundle.Store, capacity);
        var rows = bundle.Encoder.For(reader.Header, reader.Files[0]);
        var batch = new Batch(bundle.Encoder.Layout, capacity);
        var values = new float[capacity];
        var head = bundle.Model.Heads.Single(h => h.Task.Name == "buy");
        for (var more = true; more;)
        {
            batch.Count = 0;
            while (batch.Count < capacity && (more = reader.Read())) rows.Append(batch, reader.Current);
            if (batch.Count == 0) yield break;
            predictor.Run(batch);
            predictor.Predictions(head, values);
            for (var i = 0; i < batch.Count; i++) yield return values[i];
        }
    }

    /// <summary>Every task reads the mean of a shared bottom and of experts that all weigh the same.</summary>
    private sealed class Averaged : IArchitecture
    {
        public IReadOnlyList<Node> Share(Builder net, IReadOnlyList<TaskSchema> tasks)
        {
            var x = net.Features();
            var bottom = net.Mlp("bottom", x, net.Options.Bottom);
            var own = x.Linear("own", bottom.Width).Tanh();
            return [.. tasks.Select(_ => bottom.Add(own).Scale(0.5f))];
        }
    }

    /// <summary>Later tasks weigh more.</summary>
    private sealed class LatestFirst : IWeightBalancer
    {
        public void Weigh(in BalancingStep step, Span<double> weights)
        {
            for (var t = 0; t < step.Tasks; t++) weights[t] = step.Has(t) ? (t + 1.0) / step.Tasks : 0;
        }
    }

    private sealed class Listener(Action<TrainProgress> tell) : IProgress<TrainProgress>
    {
        public void Report(TrainProgress value) => tell(value);
    }

    private sealed class Observer : IRunObserver
    {
        public int Epochs { get; private set; }

        public DataSummary? Summary { get; private set; }

        public void Preparing(PrepareProgress progress)
        {
        }

        public void Prepared(DataSummary summary) => Summary = summary;

        public void Training(TrainProgress progress) => Epochs += progress.Finished is null ? 0 : 1;

        public void Doing(string what)
        {
        }
    }
}
