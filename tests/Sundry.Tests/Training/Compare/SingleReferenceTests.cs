using Sundry.Data;
using Sundry.Models;
using Sundry.Training;

namespace Sundry.Tests.Training;

/// <summary>Models of single tasks as references: what a task passes on to others is nothing to it, its rows and features are those of its source.</summary>
public sealed class SingleReferenceTests
{
    private const string Plain = "{buy: binary, spend: regression, count: count}";
    private const string Isolated = "{buy: {type: binary, gradient: {shared: 0, embedding: 0.5}}, spend: {type: regression, gradient: 0}, count: {type: count, gradient: {embedding: 0}}}";

    [Fact]
    public void A_comparison_holds_isolated_tasks_against_models_that_learn_in_full()
    {
        using var table = new LabelledTable(300);
        IReadOnlyList<ComparisonResult> Compare(string tasks, string folder)
        {
            var options = LabelledTable.Options("{epochs: 2, batch: 64}", tasks);
            return new Comparison(table.Prepare(options), options, table.Folder.Path(folder), new Observer()) { EqualParameters = true }.Compare(["shared_bottom"], ["equal"], 1, CancellationToken.None);
        }

        var (plain, isolated) = (Compare(Plain, "plain"), Compare(Isolated, "isolated"));
        Assert.Equal(plain[0].Tasks.Select(t => t.Value), isolated[0].Tasks.Select(t => t.Value));
        Assert.Equal(plain[0].DenseParameters, isolated[0].DenseParameters);
        Assert.NotEqual(plain[1].Tasks.Select(t => t.Value), isolated[1].Tasks.Select(t => t.Value));
    }

    [Fact]
    public void A_search_does_too()
    {
        using var table = new LabelledTable(300);
        IReadOnlyList<ReferenceResult> References(string tasks, string folder)
        {
            var options = LabelledTable.Options("{epochs: 1, batch: 64}", tasks);
            options = options with { Tune = new() { Try = new Dictionary<string, IReadOnlyList<string>> { ["model.dropout"] = ["0"] }, Trials = 1, Seeds = 1 } };
            return new Tuner(table.Prepare(options), options, table.Root, table.Folder.Path(folder), new Observer(), TimeProvider.System).Run(CancellationToken.None).References;
        }

        Assert.Equal(References(Plain, "plain").Select(r => (r.Task, r.Value, r.Parameters)), References(Isolated, "isolated").Select(r => (r.Task, r.Value, r.Parameters)));
    }

    [Fact]
    public void An_architecture_that_cannot_isolate_is_refused_before_anything_is_trained()
    {
        using var table = new LabelledTable(200);
        var options = LabelledTable.Options("{epochs: 1, batch: 64}", Isolated);
        var observer = new Observer();
        var refused = Assert.Throws<InputException>(() => new Comparison(table.Prepare(options), options, table.Folder.Path("runs"), observer).Compare(["mmoe", "cross_stitch"], ["equal"], 1, CancellationToken.None));
        Assert.Contains("'cross_stitch' has nothing shared that task 'buy' could teach less", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, observer.Epochs);
    }

    [Fact]
    public void Sizes_of_single_models_are_counted_as_they_are_trained_each_with_the_features_of_its_source()
    {
        using var tables = new SourceTables(visits: 100, users: 20, reviews: 40);
        var options = SourceTables.Options();
        var layout = tables.Prepare(options).Layout;
        var single = options.Model with { Architecture = "single_task" };
        var alone = layout.Tasks.Sum(t => EqualSizes.Dense(new MultiTaskModel(layout, single, [t.Name])));
        Assert.Equal(alone, new EqualSizes(layout, options.Model).Dense(single));
        Assert.True(alone < EqualSizes.Dense(new MultiTaskModel(layout, single)));
    }

    [Fact]
    public void A_task_sees_its_rows_as_often_alone_as_in_epochs_that_go_round_the_sources()
    {
        using var tables = new SourceTables(visits: 100, users: 40, reviews: 40);
        var options = SourceTables.Options("{epochs: 4, batch: 32, sources: alternate, early_stopping: {patience: 0}}", model: "{architecture: mmoe, embedding: 4, experts: {count: 2, layers: [8]}, bottom: [8], tower: [4], normalization: layer}");
        var observer = new Observer();
        new Comparison(tables.Prepare(options), options, tables.Folder.Path("runs"), observer).Compare(["mmoe"], ["equal"], 1, CancellationToken.None);
        // visits in epochs 1 and 4, users in 2, reviews in 3; then the four together
        Assert.Equal(2 + 1 + 1 + 4, observer.Epochs);
        Assert.Equal(4, SourceRules.EpochsAlone(SourceTables.Options("{epochs: 4}"), "users"));
    }

    private sealed class Observer : IRunObserver
    {
        public int Epochs { get; private set; }

        public void Preparing(PrepareProgress progress)
        {
        }

        public void Prepared(DataSummary summary)
        {
        }

        public void Training(TrainProgress progress)
        {
            if (progress.Finished is not null) Epochs++;
        }

        public void Doing(string what)
        {
        }
    }
}
