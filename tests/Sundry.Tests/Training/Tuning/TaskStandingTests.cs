using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class TaskStandingTests
{
    [Fact]
    public void A_setting_in_which_no_task_loses_is_chosen_over_one_with_the_better_mean()
    {
        TaskStanding[] better =
        [
            TaskStanding.Of("click", new("auc", .80, .70, .10, .08, .12, Verdict.Gains)),
            TaskStanding.Of("buy", new("auc", .594, .60, -.006, -.010, -.002, Verdict.Loses)),
        ];
        TaskStanding[] safer =
        [
            TaskStanding.Of("click", new("auc", .707, .70, .007, .002, .012, Verdict.Gains)),
            TaskStanding.Of("buy", new("auc", .597, .60, -.003, -.008, .002, Verdict.Same)),
        ];
        var (first, second) = (TaskStanding.Score(better), TaskStanding.Score(safer));
        // Δ by hand: (1/7 − 1/100) / 2, and (1/100 − 1/200) / 2
        Assert.Equal((0.1 / 0.7 - 0.01) / 2, first.Value, 12);
        Assert.Equal(0.01, first.Regret, 12);
        Assert.Equal(0.0025, second.Value, 12);
        Assert.Equal(0, second.Regret);
        Assert.True(second.CompareTo(first) > 0);
        Assert.True(first.CompareTo(new TrialScore(0.5, 0.02)) > 0);
        Assert.True(first.CompareTo(TrialScore.None) > 0);
    }

    [Fact]
    public void For_an_error_less_is_a_gain()
    {
        var standing = TaskStanding.Of("spend", new("rmse", 1.1, 1.0, 0.1, 0.05, 0.15, Verdict.Loses));
        Assert.Equal(-0.1, standing.Gain, 12);
        Assert.Equal(0.1, TaskStanding.Score([standing]).Regret, 12);
    }
}
