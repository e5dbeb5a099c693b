using Sundry.Data;
using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class SearchSpaceTests
{
    [Fact]
    public void The_first_trial_is_the_configuration_as_it_stands_and_none_comes_twice()
    {
        var space = Space("model.architecture: [mmoe, shared_bottom], training.learning_rate: [0.003, 0.01]");
        var trials = new List<Trial>();
        while (space.Next() is { } trial) trials.Add(trial);
        Assert.Equal([1, 2, 3, 4], trials.Select(t => t.Number));
        Assert.Empty(trials[0].Settings);
        Assert.Equal("mmoe", trials[0].Options.Model.Architecture);
        // the configuration is one of the four
        Assert.Equal(4, trials.Select(t => (t.Options.Model.Architecture, t.Options.Training.LearningRate)).Distinct().Count());
        Assert.All(trials.Skip(1), t => Assert.Equal(t.Settings["model.architecture"], t.Options.Model.Architecture));
    }

    [Fact]
    public void A_seed_gives_the_same_trials_and_another_gives_others()
    {
        string[] Draw(ulong seed)
        {
            var space = Space("training.learning_rate: 1e-4..1e-2:log, model.experts.count: 1..8", seed: seed);
            return [.. Enumerable.Range(0, 6).Select(_ => string.Join(' ', space.Next()!.Settings.Select(s => $"{s.Key}={s.Value}")))];
        }

        Assert.Equal(Draw(1), Draw(1));
        Assert.NotEqual(Draw(1), Draw(2));
        // a setting that takes no fractions takes whole numbers, unasked
        Assert.All(Draw(1).Skip(1), t => Assert.Matches(@"model\.experts\.count=[1-8]$", t));
    }

    [Fact]
    public void Weights_are_left_out_where_balancing_would_ignore_them()
    {
        var space = Space("training.balancing: [uncertainty, weighted], tasks.buy.weight: 0.1..10:log");
        space.Next();
        for (var i = 0; i < 12; i++)
        {
            var trial = space.Next();
            if (trial is null) break;
            Assert.Equal(trial.Options.Training.Balancing.Method == "weighted", trial.Settings.ContainsKey("tasks.buy.weight"));
            if (trial.Options.Training.Balancing.Method != "weighted") Assert.Equal(1, trial.Options.Tasks["buy"].Weight);
        }
    }

    [Fact]
    public void Who_tries_weights_alone_gets_the_balancing_that_takes_them()
    {
        var space = Space("tasks.buy.weight: 0.1..10:log");
        Assert.Equal("equal", space.Next()!.Options.Training.Balancing.Method);
        var second = space.Next()!;
        Assert.Equal("weighted", second.Options.Training.Balancing.Method);
        Assert.InRange(second.Options.Tasks["buy"].Weight, 0.1, 10);
    }

    [Fact]
    public void Draws_that_the_configuration_refuses_are_drawn_anew()
    {
        // esmm needs a chain of tasks, which is not there
        var space = Space("model.architecture: [shared_bottom, esmm], training.learning_rate: 1e-4..1e-2:log");
        space.Next();
        for (var i = 0; i < 8; i++) Assert.Equal("shared_bottom", space.Next()!.Options.Model.Architecture);
        var none = Space("model.architecture: [esmm]");
        none.Next();
        Assert.Contains("none of", Assert.Throws<InputException>(() => none.Next()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nothing_is_said_architecture_sizes_rate_and_balancing_are_tried()
    {
        var space = new SearchSpace(LabelledTable.Options("{epochs: 3}"), 1);
        var paths = space.Dimensions.Select(d => d.Path).ToList();
        Assert.All(["model.architecture", "model.tower", "training.learning_rate", "training.balancing", "tasks.buy.weight", "tasks.spend.weight"], p => Assert.Contains(p, paths));
        Assert.DoesNotContain("aitm", space.Dimensions[0].Values);
        var chained = new SearchSpace(LabelledTable.Options("{epochs: 3}", tasks: "{view: {type: binary, label: buy}, buy: {type: binary, after: view}}"), 1);
        Assert.Contains("aitm", chained.Dimensions[0].Values);
        var single = new SearchSpace(LabelledTable.Options("{epochs: 3}", tasks: "{buy: binary}"), 1);
        Assert.DoesNotContain(single.Dimensions, d => d.Path is "training.balancing" or "model.architecture");
        for (var i = 0; i < 30; i++) Assert.NotNull(space.Next());
    }

    [Theory]
    [InlineData("model.architectur: [mmoe]", "did you mean 'architecture'?")]
    [InlineData("model.architecture: [mmoe, pel]", "did you mean 'ple'?")]
    [InlineData("trainig.learning_rate: [1e-3]", "'training'")]
    [InlineData("training.learning_rate: [fast]", "'fast' is not a number")]
    [InlineData("training.learning_rate: 0..1", "out of range")]
    [InlineData("model.experts.count: 0..4", "out of range")]
    [InlineData("tasks.bye.weight: 1..2", "did you mean 'buy'?")]
    [InlineData("training.epochs: [1, 2]", "last rung")]
    [InlineData("training.seed: [1, 2]", "same for all trials")]
    [InlineData("data.seed: [1, 2]", "same rows")]
    [InlineData("tasks.buy.label: [x, z]", "how it is judged")]
    [InlineData("tasks.buy.metric: [auc]", "how it is judged")]
    [InlineData("training.balancing: [equal, searched]", "search of its own")]
    public void What_cannot_be_tried_is_refused_in_a_sentence(string tried, string part)
    {
        var refused = Assert.Throws<InputException>(() => Space(tried));
        Assert.Contains(part, refused.Message, StringComparison.Ordinal);
        Assert.StartsWith("--try ", refused.Message, StringComparison.Ordinal);
    }

    private static SearchSpace Space(string tried, ulong seed = 1)
    {
        var options = LabelledTable.Options("{epochs: 3}");
        return new(ConfigReader.Read<SundryOptions>($"{ConfigWriter.ToYaml(options)}tune: {{try: {{{tried}}}}}\n", "sundry.yaml"), seed);
    }
}
