using Sundry.Data;
using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class TuneObjectiveTests
{
    private static readonly IReadOnlyDictionary<string, TaskOptions> s_tasks = LabelledTable.Options("{epochs: 1}").Tasks;

    [Fact]
    public void It_is_no_regret_unless_there_is_only_one_task()
    {
        Assert.True(TuneObjective.Parse(null, s_tasks).NoRegret);
        Assert.True(TuneObjective.Parse("no-regret", s_tasks).NoRegret);
        Assert.True(TuneObjective.Parse("no_regret", s_tasks).NoRegret);
        Assert.Equal("mean", TuneObjective.Parse(null, new Dictionary<string, TaskOptions> { ["buy"] = new() }).Text);
    }

    [Fact]
    public void The_epoch_of_a_trial_is_chosen_by_what_chooses_the_trial()
    {
        var configured = new EarlyStoppingOptions { Patience = 7, Metric = "spend.mae" };
        Assert.Same(configured, TuneObjective.Parse("no-regret", s_tasks).EarlyStopping(configured));
        var one = TuneObjective.Parse("buy.logloss", s_tasks).EarlyStopping(configured);
        Assert.Equal(("buy.logloss", 7), (one.Metric, one.Patience));
        Assert.Equal("buy.auc", TuneObjective.Parse("buy", s_tasks).Text);
        var weighted = TuneObjective.Parse("buy=3", s_tasks).EarlyStopping(configured);
        Assert.Equal("mean", weighted.Metric);
        // a task that is not named does not count
        Assert.Equal(new Dictionary<string, double> { ["buy"] = 3, ["spend"] = 0 }, weighted.Weights);
    }

    [Theory]
    [InlineData("bye", "did you mean 'buy'?")]
    [InlineData("bye.auc", "did you mean 'buy'?")]
    [InlineData("buy.acu", "did you mean 'auc'?")]
    [InlineData("spend.auc", "(they are rmse, mae, r2)")]
    [InlineData("no-regrets", "did you mean 'no-regret'?")]
    [InlineData("buy=1,spent=2", "did you mean 'spend'?")]
    [InlineData("buy=much", "no number")]
    [InlineData("buy=-1", "no number")]
    [InlineData("buy=0,spend=0", "every task weighs 0")]
    public void What_is_no_objective_is_refused_in_a_sentence(string text, string part) =>
        Assert.Contains(part, Assert.Throws<InputException>(() => TuneObjective.Parse(text, s_tasks)).Message, StringComparison.Ordinal);
}
