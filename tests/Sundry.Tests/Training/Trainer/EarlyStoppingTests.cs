using Sundry.Data;
using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class EarlyStoppingTests
{
    private static readonly TaskSchema s_buy = new("buy", TaskType.Binary, ["0", "1"], 1, "cross_entropy", 1, "", null, 1);
    private static readonly TaskSchema s_spend = new("spend", TaskType.Regression, [], 1, "squared", 1, "", null, 1) { LabelDeviation = 4 };

    [Fact]
    public void The_best_epoch_is_the_first_with_the_highest_score()
    {
        var stopping = Stopping(new EarlyStoppingOptions { Patience = 2 });
        Assert.True(stopping.Observe(1, 0.5));
        Assert.True(stopping.Observe(2, 0.7));
        Assert.False(stopping.Observe(3, 0.7));
        Assert.False(stopping.ShouldStop(3));
        Assert.False(stopping.Observe(4, double.NaN));
        Assert.True(stopping.ShouldStop(4));
        Assert.Equal((2, 0.7), (stopping.BestEpoch, stopping.BestScore));
    }

    [Fact]
    public void An_improvement_starts_the_wait_anew()
    {
        var stopping = Stopping(new EarlyStoppingOptions { Patience = 2 });
        foreach (var (epoch, score) in new[] { (1, 0.5), (2, 0.4), (3, 0.6), (4, 0.5) }) stopping.Observe(epoch, score);
        Assert.False(stopping.ShouldStop(4));
        stopping.Observe(5, 0.6);
        Assert.True(stopping.ShouldStop(5));
    }

    [Fact]
    public void While_nothing_is_defined_it_waits_and_the_latest_counts_as_the_best()
    {
        var stopping = Stopping(new EarlyStoppingOptions { Patience = 1 });
        for (var epoch = 1; epoch <= 5; epoch++)
        {
            Assert.True(stopping.Observe(epoch, double.NaN));
            Assert.False(stopping.ShouldStop(epoch));
        }

        Assert.Equal(5, stopping.BestEpoch);
        Assert.True(stopping.Observe(6, -10));
    }

    [Fact]
    public void A_patience_of_0_never_stops()
    {
        var stopping = Stopping(new EarlyStoppingOptions { Patience = 0 });
        for (var epoch = 1; epoch < 1000; epoch++) stopping.Observe(epoch, -epoch);
        Assert.False(stopping.ShouldStop(999));
        Assert.Equal(1, stopping.BestEpoch);
    }

    [Fact]
    public void The_mean_weighs_tasks_and_measures_errors_in_deviations_of_the_label()
    {
        var validation = Validation(auc: 0.8, rmse: 2);
        Assert.Equal((0.8 - 2.0 / 4) / 2, Stopping(new EarlyStoppingOptions()).Score(validation), 12);
        var weighted = new EarlyStoppingOptions { Weights = new Dictionary<string, double> { ["spend"] = 3 } };
        Assert.Equal((0.8 - 3 * 2.0 / 4) / 4, Stopping(weighted).Score(validation), 12);
        var one = new EarlyStoppingOptions { Weights = new Dictionary<string, double> { ["spend"] = 0 } };
        Assert.Equal(0.8, Stopping(one).Score(validation), 12);
    }

    [Fact]
    public void Undefined_metrics_are_left_out_of_the_mean()
    {
        Assert.Equal(-0.5, Stopping(new EarlyStoppingOptions()).Score(Validation(auc: double.NaN, rmse: 2)), 12);
        Assert.True(double.IsNaN(Stopping(new EarlyStoppingOptions()).Score(Validation(double.NaN, double.NaN))));
    }

    [Theory]
    [InlineData("buy", 0.8)]
    [InlineData("buy.auc", 0.8)]
    [InlineData("buy.logloss", -0.4)]
    [InlineData("spend", -0.5)]
    [InlineData("spend.rmse", -0.5)]
    public void One_metric_of_one_task_is_watched_turned_so_that_more_is_better(string metric, double score) =>
        Assert.Equal(score, Stopping(new EarlyStoppingOptions { Metric = metric }).Score(Validation(auc: 0.8, rmse: 2)), 12);

    [Fact]
    public void A_metric_that_the_task_has_not_is_refused_with_those_that_it_has()
    {
        var refused = Assert.Throws<InputException>(() => Stopping(new EarlyStoppingOptions { Metric = "spend.auc" }).Score(Validation(0.8, 2)));
        Assert.Contains("rmse", refused.Message, StringComparison.Ordinal);
    }

    private static EarlyStopping Stopping(EarlyStoppingOptions options) => new(options, [s_buy, s_spend]);

    private static Dictionary<string, IReadOnlyDictionary<string, double>> Validation(double auc, double rmse) => new()
    {
        ["buy"] = new Dictionary<string, double> { ["auc"] = auc, ["logloss"] = 0.4 },
        ["spend"] = new Dictionary<string, double> { ["rmse"] = rmse },
    };
}
