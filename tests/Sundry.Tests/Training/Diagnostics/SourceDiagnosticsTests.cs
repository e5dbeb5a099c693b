using System.Text;
using System.Xml.Linq;
using Sundry.Data;
using Sundry.Models;
using Sundry.Training;

namespace Sundry.Tests.Training;

/// <summary>Gradients of tasks of several sources: those that are never in one batch have no cosine, which is not a cosine of 0.</summary>
public sealed class SourceDiagnosticsTests : IDisposable
{
    // two tasks of the reviews, which meet in every batch of theirs
    private const string Tasks = "{click: binary, churn: {type: binary, source: users}, stars: {type: regression, source: reviews}, helpful: {type: binary, source: reviews}}";
    private const string Model = "{architecture: mmoe, embedding: 4, experts: {count: 2, layers: [8]}, tower: [4], normalization: layer}";

    private readonly SourceTables _tables = new(visits: 300, users: 60, reviews: 120);

    public void Dispose() => _tables.Dispose();

    [Theory]
    [InlineData("in_turn")]
    [InlineData("proportional")]
    [InlineData("temperature")]
    [InlineData("alternate")]
    public void Pairs_that_never_meet_are_not_measured(string draw)
    {
        var options = SourceTables.Options($"{{epochs: 6, batch: 32, diagnostics: 1, sources: {draw}, early_stopping: {{patience: 0}}}}", tasks: Tasks, model: Model);
        using var trained = new Trainer(_tables.Prepare(options), options, _tables.Folder.Path("work")).Train();
        var all = GradientRecord.Over(trained.History)!;
        foreach (var pair in all.Pairs)
        {
            var meets = pair is { First: "stars", Second: "helpful" };
            Assert.Equal(meets, pair.Steps > 0);
            Assert.Equal(meets, double.IsFinite(pair.Cosine) && double.IsFinite(pair.Conflicts));
            Assert.Equal(meets, pair.Layers.Count > 0);
        }

        Assert.All(all.Norms, norm => Assert.True(norm.Value > 0, norm.Key));
        var events = Events(trained.History);
        Assert.Contains("gradient_cosine/stars_vs_helpful", events, StringComparison.Ordinal);
        Assert.DoesNotContain("gradient_cosine/click_vs", events, StringComparison.Ordinal);
        Assert.DoesNotContain("gradient_conflict/churn_vs", events, StringComparison.Ordinal);

        var page = Section(trained.History);
        Assert.DoesNotContain("NaN", page.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("undefined", page.Value, StringComparison.Ordinal);
        Assert.Contains("“·”: not measured", page.Value, StringComparison.Ordinal);
        Assert.Equal(["stars, helpful"], page.Descendants("th").Select(e => e.Value).Where(v => v.Contains(", ", StringComparison.Ordinal) && !v.EndsWith(", norm", StringComparison.Ordinal)).Distinct());
        // a chart of each task of the one pair
        Assert.Equal(2, page.Descendants("svg").Count());
    }

    [Fact]
    public void A_look_is_spread_over_the_steps_that_an_epoch_of_the_draw_has()
    {
        foreach (var draw in new[] { "in_turn", "alternate" })
        {
            var options = SourceTables.Options($"{{epochs: 3, batch: 32, diagnostics: 1, sources: {draw}, early_stopping: {{patience: 0}}}}", tasks: Tasks, model: Model);
            var data = _tables.Prepare(options);
            using var trained = new Trainer(data, options, _tables.Folder.Path(draw)).Train();
            var rows = new SourceRows(data.Train.Sources, options.Training.Sources, 32);
            Assert.Equal([1, 2, 3], trained.History.Select(e => e.Epoch));
            Assert.All(trained.History, e => Assert.Equal(rows.Steps(e.Epoch), e.Gradients!.Steps));
            // by default there is one look an epoch at least
            var usual = options with { Training = options.Training with { Diagnostics = null } };
            using var auto = new Trainer(data, usual, _tables.Folder.Path("auto-" + draw)).Train();
            Assert.All(auto.History, e => Assert.Equal(1, e.Gradients!.Steps));
        }
    }

    [Fact]
    public void A_tasks_gate_is_judged_by_the_rows_of_its_source()
    {
        var options = SourceTables.Options("{epochs: 1, batch: 32, sources: in_turn}", tasks: Tasks, model: Model);
        var data = _tables.Prepare(options);
        using var trained = new Trainer(data, options, _tables.Folder.Path("work")).Train();
        var gates = trained.History[0].Gates!;
        Assert.Equal(["click", "churn", "stars", "helpful"], gates.Select(g => g.Gate));
        Assert.All(gates, g => Assert.Equal(1, g.Weights.Sum(), 1e-5));
        var tally = new GateTally(trained.Model, data.Validation, 4096);
        using var predictor = new Predictor(trained.Model, trained.Store, 4096, 1);
        var range = data.Validation.Sources.Single(s => s.Source == "reviews");
        var batch = new Batch(data.Layout, 4096);
        data.Validation.Fill(batch, range.First, range.Count);
        predictor.Run(batch);
        tally.Add(predictor, batch, range.First);
        Assert.Equal(gates.Skip(2).SelectMany(g => g.Weights), tally.Uses().Skip(2).SelectMany(g => g.Weights));
        Assert.All(tally.Uses().Take(2).SelectMany(g => g.Weights), w => Assert.True(double.IsNaN(w)));
    }

    [Fact]
    public void A_study_of_affinity_draws_batches_in_which_all_sources_meet()
    {
        foreach (var draw in new[] { "mixed", "in_turn" })
        {
            var options = SourceTables.Options($"{{epochs: 2, batch: 32, sources: {draw}}}", tasks: Tasks, model: Model);
            Assert.Equal(draw == "in_turn", AffinityStudy.Mixes(options));
            var result = new AffinityStudy(_tables.Prepare(options), options, _tables.Folder.Path("work"), new Silent()).Measure(new AffinityRequest { Every = 2 }, CancellationToken.None);
            Assert.Equal(6, result.Gradients.Pairs.Count);
            Assert.All(result.Gradients.Pairs, p => Assert.True(p.Steps > 0 && double.IsFinite(p.Cosine), $"{draw}: {p.First} {p.Second}"));
            Assert.All(result.LookAhead.SelectMany(z => z), z => Assert.True(double.IsFinite(z)));
        }
    }

    [Fact]
    public void A_task_that_teaches_nothing_shared_is_named_where_nothing_can_be_measured()
    {
        using var table = new LabelledTable(200);
        var options = LabelledTable.Options("{epochs: 1, batch: 64}", "{buy: {type: binary, gradient: {shared: 0}}, spend: regression}", model: "model: {architecture: shared_bottom, bottom: [8], tower: [4]}\n");
        var refused = Assert.Throws<InputException>(() => new AffinityStudy(table.Prepare(options), options, table.Folder.Path("work"), new Silent()).Measure(new AffinityRequest { Every = 1 }, CancellationToken.None));
        Assert.Contains("task 'buy' teaches nothing that is shared", refused.Message, StringComparison.Ordinal);
    }

    private static string Events(IReadOnlyList<EpochRecord> history)
    {
        using var stream = new MemoryStream();
        TrainingEvents.Write(stream, history, 0);
        return Encoding.Latin1.GetString(stream.ToArray());
    }

    private static XElement Section(IReadOnlyList<EpochRecord> history) =>
        GradientSection.Draw(SampleReport.Full() with { History = history })!;

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
