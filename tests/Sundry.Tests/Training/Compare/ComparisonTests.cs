using Sundry.Data;
using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class ComparisonTests
{
    [Fact]
    public void Every_contestant_is_trained_once_and_a_second_comparison_trains_none()
    {
        using var table = new LabelledTable(300);
        var options = LabelledTable.Options("{epochs: 2, batch: 64}");
        var data = table.Prepare(options);
        var first = new Observer();
        var results = new Comparison(data, options, table.Folder.Path("runs"), first).Compare(["single_task", "shared_bottom", "mmoe"], ["equal", "max"], 2, CancellationToken.None);
        Assert.Equal(["single_task equal", "shared_bottom equal", "shared_bottom max", "mmoe equal", "mmoe max"], results.Select(r => $"{r.Architecture} {r.Balancing}"));
        // single-task models are two a seed
        Assert.Equal(2 * (2 * 2) + 4 * 2 * 2, first.Epochs);
        Assert.All(results, r => Assert.Equal(2, r.Seeds));
        Assert.All(results[0].Tasks, t => Assert.Null(t.Single));
        Assert.All(results.Skip(1).SelectMany(r => r.Tasks), t => Assert.NotNull(t.Single));

        var second = new Observer();
        var again = new Comparison(data, options, table.Folder.Path("runs"), second).Compare(["mmoe"], ["max"], 2, CancellationToken.None);
        Assert.Equal(0, second.Epochs);
        Assert.Equal(results[^1].Tasks[0].Value, again[^1].Tasks[0].Value);
        Assert.Equal(results[^1].Tasks[0].Single, again[^1].Tasks[0].Single);
    }

    [Fact]
    public void The_settings_of_balancing_belong_to_its_own_method()
    {
        using var table = new LabelledTable(200);
        var options = LabelledTable.Options("{epochs: 1, batch: 64, balancing: {method: soft_max, mu: 0.1}}");
        var data = table.Prepare(options);
        var results = new Comparison(data, options, table.Folder.Path("runs"), new Observer()).Compare(["shared_bottom"], ["soft_max", "gls"], 1, CancellationToken.None);
        Assert.Equal(["soft_max", "gls"], results.Skip(1).Select(r => r.Balancing));
        var counting = LabelledTable.Options("{epochs: 1}", tasks: "{buy: binary, count: count}");
        var refused = Assert.Throws<InputException>(() => new Comparison(table.Prepare(counting), counting, table.Folder.Path("more"), new Observer()).Compare(["shared_bottom"], ["equal", "gls"], 1, CancellationToken.None));
        Assert.Contains("'count'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_comparison_that_was_stopped_goes_on_where_it_was()
    {
        using var table = new LabelledTable(300);
        var options = LabelledTable.Options("{epochs: 2, batch: 64}");
        var data = table.Prepare(options);
        using var cancel = new CancellationTokenSource();
        var stopped = new Observer { AtEpoch = n => { if (n == 6) cancel.Cancel(); } };
        Assert.ThrowsAny<OperationCanceledException>(() => new Comparison(data, options, table.Folder.Path("runs"), stopped).Compare(["mmoe"], ["equal"], 2, cancel.Token));
        var resumed = new Observer();
        new Comparison(data, options, table.Folder.Path("runs"), resumed).Compare(["mmoe"], ["equal"], 2, CancellationToken.None);
        // twelve epochs in all; the contestant that was stopped in begins anew
        Assert.Equal(12 - 4, resumed.Epochs);
    }

    [Fact]
    public void Runs_of_another_configuration_or_that_are_damaged_do_not_count()
    {
        using var table = new LabelledTable(200);
        var options = LabelledTable.Options("{epochs: 1, batch: 64}");
        var data = table.Prepare(options);
        var contestant = new Contestant("mmoe", "equal", 1);
        int Trained(SundryOptions by)
        {
            var observer = new Observer();
            new Comparison(data, by, table.Folder.Path("runs"), observer).Run(contestant, CancellationToken.None);
            return observer.Epochs;
        }

        Assert.Equal(1, Trained(options));
        Assert.Equal(0, Trained(options));
        Assert.Equal(0, Trained(LabelledTable.Options("{epochs: 1, batch: 64, threads: 1, seed: 5}")));
        Assert.Equal(2, Trained(LabelledTable.Options("{epochs: 2, batch: 64}")));
        Assert.Equal(1, Trained(options));
        // the same number of other rows
        table.Write("train.csv", 200, noise: 0, seed: 2);
        var others = new Observer();
        new Comparison(table.Prepare(options), options, table.Folder.Path("runs"), others).Run(contestant, CancellationToken.None);
        Assert.Equal(1, others.Epochs);
        Assert.Equal(1, Trained(options));
        var file = Assert.Single(Directory.GetFiles(table.Folder.Path("runs")));
        var whole = File.ReadAllBytes(file);
        File.WriteAllBytes(file, whole[..^1]);
        Assert.Equal(1, Trained(options));
        File.WriteAllText(file, "{\n");
        Assert.Equal(1, Trained(options));
        File.WriteAllText(file, "");
        Assert.Equal(1, Trained(options));
        // the first line says how long it took, in as many digits as that has; the predictions after it are the same
        var again = File.ReadAllBytes(file);
        Assert.Equal(whole[Array.IndexOf(whole, (byte)'\n')..], again[Array.IndexOf(again, (byte)'\n')..]);
    }

    [Fact]
    public void A_gain_a_loss_and_neither_are_told_apart()
    {
        // the truth is known: predictions are made from it by adding noise of a known size
        var task = new TaskSchema("buy", TaskType.Binary, ["0", "1"], 1, "cross_entropy", 1, "", null, 1);
        // no contestant's seed: its noise would be the truth itself
        var random = new Random(33);
        const int rows = 4000;
        float[] truth = [.. Enumerable.Range(0, rows).Select(_ => (float)(2 * random.NextDouble() - 1))];
        float[] labels = [.. truth.Select(t => random.NextDouble() < 1 / (1 + Math.Exp(-3 * t)) ? 1f : 0f)];
        float[] weights = [.. truth.Select(_ => 1f)];
        ContestResult Run(string architecture, int seed, double noise)
        {
            var own = new Random(seed);
            float[] values = [.. truth.Select(t => (float)(1 / (1 + Math.Exp(-3 * t + noise * (own.NextDouble() - 0.5)))))];
            return new ContestResult(new Contestant(architecture, "equal", seed), [new TaskPredictions(task, values, labels, weights)], 1, 10);
        }

        ContestResult[] single = [Run("single_task", 1, 6), Run("single_task", 2, 6), Run("single_task", 3, 6)];
        Verdict Judge(double noise) => Comparison.Difference([Run("mmoe", 4, noise), Run("mmoe", 5, noise), Run("mmoe", 6, noise)], single, 0).Verdict;
        Assert.Equal(Verdict.Gains, Judge(0.5));
        Assert.Equal(Verdict.Loses, Judge(16));
        Assert.Equal(Verdict.Same, Judge(6));
        var summary = Comparison.Summarise([single, [Run("mmoe", 4, 0.5), Run("mmoe", 5, 0.5), Run("mmoe", 6, 0.5)]]);
        Assert.Equal(3, summary[1].Seeds);
        var found = summary[1].Tasks[0];
        Assert.Equal(found.Value.Mean - summary[0].Tasks[0].Value.Mean, found.Single!.Difference, 9);
        Assert.True(found.Single.Low > 0 && found.Single.Low < found.Single.Difference && found.Single.Difference < found.Single.High);
    }

    private sealed class Observer : IRunObserver
    {
        public int Epochs { get; private set; }

        public Action<int> AtEpoch { get; init; } = _ => { };

        public void Preparing(PrepareProgress progress)
        {
        }

        public void Prepared(DataSummary summary)
        {
        }

        public void Training(TrainProgress progress)
        {
            if (progress.Finished is not null) AtEpoch(++Epochs);
        }

        public void Doing(string what)
        {
        }
    }
}
