using System.Globalization;
using System.Text;
using Sundry.Compute;
using Sundry.Data;
using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class AffinityStudyTests
{
    private const string Three = "{buy: binary, spend: regression, count: count}";

    [Fact]
    public void Look_ahead_affinity_of_a_quadratic_is_exact()
    {
        // L_a = (θ − 1)², L_b = (3 θ)² at θ = 2, as LookAheadTests works out
        var (graph, _, feed) = LookAheadTests.Quadratic();
        using var store = new ParameterStore(graph, 1);
        using var plan = new TrainingPlan(store, new Sgd(), 1, 1, 1, seed: 1);
        var ahead = new LookAhead(2, rate: 0.03125);
        using var watch = GradientWatch.Of(plan, ["a", "b"], null, 1, ahead)!;
        feed(plan);
        watch.Begin(1);
        watch.Look(plan.Forward(1).ToArray(), []);
        // for a θ becomes 1.9375, for b 0.875
        Assert.Equal(1 - 0.87890625, ahead.Mean(0, 0));
        Assert.Equal(1 - 33.78515625 / 36, ahead.Mean(0, 1), 1e-15);
        Assert.Equal(1 - 0.015625, ahead.Mean(1, 0));
        Assert.Equal(1 - 6.890625 / 36, ahead.Mean(1, 1), 1e-15);
        Assert.True(double.IsNaN(ahead.Error(0, 1)));
        Assert.Equal(1, watch.Record()!.Pairs[0].Cosine, 1e-12);
    }

    [Fact]
    public void Steps_are_equally_long_and_better_a_tasks_own_loss_by_about_a_hundredth()
    {
        var (graph, _, feed) = LookAheadTests.Quadratic();
        using var store = new ParameterStore(graph, 1);
        using var plan = new TrainingPlan(store, new Sgd(), 1, 1, 1, seed: 1);
        var ahead = new LookAhead(2, null);
        using var watch = GradientWatch.Of(plan, ["a", "b"], null, 1, ahead)!;
        feed(plan);
        watch.Begin(1);
        watch.Look(plan.Forward(1).ToArray(), []);
        // both point the same way along one number, so that equally long steps do the same
        Assert.Equal(ahead.Mean(0, 0), ahead.Mean(1, 0), 1e-6);
        Assert.Equal(ahead.Mean(0, 1), ahead.Mean(1, 1), 1e-6);
        Assert.Equal(.01, Math.Sqrt(ahead.Mean(0, 0) * ahead.Mean(1, 1)), 1e-3);
    }

    [Theory]
    [InlineData("equal", "shared_bottom")]
    [InlineData("pcgrad", "mmoe")]
    public void A_study_measures_every_pair_and_does_it_the_same_way_again(string balancing, string architecture)
    {
        using var table = new LabelledTable(300);
        var options = LabelledTable.Options($"{{batch: 32, epochs: 3, balancing: {balancing}}}", tasks: Three);
        var data = table.Prepare(options);
        AffinityResult Measure(string folder) =>
            new AffinityStudy(data, options, table.Folder.Path(folder), new Silent()).Measure(new AffinityRequest { Architecture = architecture, Every = 2 }, default);
        var result = Measure("work");
        Assert.Equal(["buy", "spend", "count"], result.Tasks);
        Assert.Equal(["buy spend", "buy count", "spend count"], result.Gradients.Pairs.Select(p => $"{p.First} {p.Second}"));
        Assert.Equal(result.History.Sum(e => e.Gradients!.Steps), result.Steps);
        Assert.InRange(result.Steps, 9, 15);
        Assert.All(result.LookAhead.SelectMany(z => z), z => Assert.InRange(z, -1, 1));
        // a task's own step betters it
        Assert.All(Enumerable.Range(0, 3), i => Assert.True(result.LookAhead[i][i] > 0));
        Assert.All(result.Errors.SelectMany(z => z), e => Assert.True(e > 0));
        Assert.Equal(3, result.Groupings.Count);
        Assert.InRange(result.Advised, 1, 3);
        Assert.All(result.Gradients.Pairs, p => Assert.Contains(result.Findings, f => f.Kind != PairKind.Drowned && f.Tasks[0] == p.First && f.Tasks[1] == p.Second));
        Assert.False(Directory.Exists(table.Folder.Path("work")));

        var again = Measure("again");
        Assert.Equal(result.LookAhead.SelectMany(z => z), again.LookAhead.SelectMany(z => z));
        Assert.Equal(result.Findings.Select(f => f.Sentence), again.Findings.Select(f => f.Sentence));
    }

    [Fact]
    public void Looking_ahead_changes_nothing_of_the_training()
    {
        using var table = new LabelledTable(200);
        var options = LabelledTable.Options("{batch: 32, epochs: 2}", model: "model: {architecture: mmoe, embedding: 4, experts: {count: 2, layers: [8]}, tower: [4], dropout: 0.2, normalization: batch}");
        var data = table.Prepare(options);
        using var plain = new Trainer(data, options, table.Folder.Path("plain")).Train();
        using var looked = new Trainer(data, options with { Training = options.Training with { Diagnostics = 1 } }, table.Folder.Path("looked")) { LookAhead = new LookAhead(2, null) }.Train();
        Assert.Equal(WeightBytes.Of(plain), WeightBytes.Of(looked));
    }

    [Fact]
    public void Tasks_with_one_relation_help_each_other_and_are_kept_together()
    {
        // two labels of one relation, noise apart, and a third of a relation of its own
        using var table = new LabelledTable(10);
        table.Folder.Write("train.csv", Related(2000));
        var options = LabelledTable.Options(
            "{batch: 64, epochs: 4}", tasks: "{one: binary, two: binary}", model: "model: {architecture: shared_bottom, embedding: 4, bottom: [16], tower: [4], dropout: 0}");
        var result = new AffinityStudy(table.Prepare(options), options, table.Folder.Path("work"), new Silent()).Measure(new AffinityRequest(), default);
        Assert.True(result.LookAhead[0][1] > 0 && result.LookAhead[1][0] > 0);
        Assert.Equal(1, result.Advised);
        var finding = Assert.Single(result.Findings);
        Assert.Equal(PairKind.Agreement, finding.Kind);
        Assert.Contains("a step for either makes the other better: let them share.", finding.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_measured_is_refused()
    {
        using var table = new LabelledTable(100);
        var two = LabelledTable.Options("{epochs: 1}");
        var one = LabelledTable.Options("{epochs: 1}", tasks: "{buy: binary}");
        Assert.Contains("'tasks' names only 'buy'; give at least two", Refusal(one, new AffinityRequest()), StringComparison.Ordinal);
        Assert.Contains("did you mean 'mmoe'", Refusal(two, new AffinityRequest { Architecture = "mmeo" }), StringComparison.Ordinal);
        Assert.Contains("--set training.balancing=equal", Refusal(LabelledTable.Options("{epochs: 1, balancing: searched}"), new AffinityRequest()), StringComparison.Ordinal);
        Assert.Contains("--every 0", Refusal(two, new AffinityRequest { Every = 0 }), StringComparison.Ordinal);
        Assert.Contains("--models 0", Refusal(two, new AffinityRequest { Models = 0 }), StringComparison.Ordinal);
        Assert.Contains("--rate -1", Refusal(two, new AffinityRequest { Rate = -1 }), StringComparison.Ordinal);
        Assert.Contains("share no weights", Refusal(two, new AffinityRequest { Architecture = "single_task" }), StringComparison.Ordinal);
        Assert.False(Directory.Exists(table.Folder.Path("work")));

        string Refusal(SundryOptions options, AffinityRequest request) =>
            Assert.Throws<InputException>(() => new AffinityStudy(table.Prepare(options), options, table.Folder.Path("work"), new Silent()).Measure(request, default)).Message;
    }

    [Fact]
    public void Tasks_whose_rows_never_meet_in_a_batch_are_refused()
    {
        using var table = new LabelledTable(100);
        var options = LabelledTable.Options("{epochs: 1, batch: 1}", tasks: "{buy: {type: binary, where: x > 0}, spend: {type: regression, where: x < 0}}");
        var refused = Assert.Throws<InputException>(() => new AffinityStudy(table.Prepare(options), options, table.Folder.Path("work"), new Silent()).Measure(new AffinityRequest(), default));
        Assert.Contains("raise 'training.batch'", refused.Message, StringComparison.Ordinal);
    }

    private static string Related(int rows)
    {
        var random = new Random(7);
        var text = new StringBuilder("group,x,z,one,two\n");
        for (var row = 0; row < rows; row++)
        {
            var (group, x, z) = (random.Next(5), 2 * random.NextDouble() - 1, 2 * random.NextDouble() - 1);
            int Draw() => random.NextDouble() < 1 / (1 + Math.Exp(-4 * (x - z + .5 * (group - 2)))) ? 1 : 0;
            text.Append(CultureInfo.InvariantCulture, $"g{group},{x:0.####},{z:0.####},{Draw()},{Draw()}\n");
        }

        return text.ToString();
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
