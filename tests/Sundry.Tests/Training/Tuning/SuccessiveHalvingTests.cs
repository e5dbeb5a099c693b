using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class SuccessiveHalvingTests
{
    [Fact]
    public void Rungs_end_at_the_last_epoch()
    {
        Assert.Equal([1, 3, 9], new SuccessiveHalving(9, 3).Epochs);
        Assert.Equal([1, 3, 10], new SuccessiveHalving(10, 3).Epochs);
        Assert.Equal([1, 2, 5, 10], new SuccessiveHalving(10, 2).Epochs);
        Assert.Equal([1], new SuccessiveHalving(1, 3).Epochs);
        Assert.Equal([2], new SuccessiveHalving(2, 3).Epochs);
    }

    [Fact]
    public void Trials_go_on_as_worked_out_by_hand()
    {
        // by trial: what it comes to after 1, 3 and 9 epochs
        var scores = new Dictionary<int, double[]>
        {
            [1] = [.5],
            [2] = [.3],
            [3] = [.6, .7],
            [4] = [.8, .65],
            [5] = [.2],
            [6] = [.1],
            [7] = [.55],
            [8] = [.9, .75, .76],
            [9] = [.4],
        };
        // 3 is the best of the first three; 4 the best of four at once; with six and seven the best two have gone on already; 8 is among the best two of
        // eight, and then the best of three on the second rung
        string[] expected = ["1/0", "2/0", "3/0", "3/1", "4/0", "4/1", "5/0", "6/0", "7/0", "8/0", "8/1", "8/2", "9/0"];
        var (jobs, halving) = Play(9, 3, scores, 9);
        Assert.Equal(expected, jobs);
        Assert.Equal([8], halving.Finished);
        Assert.Null(halving.PromoteBest());
    }

    [Fact]
    public void With_too_few_trials_the_best_goes_on_all_the_same()
    {
        var (jobs, halving) = Play(9, 3, new() { [1] = [.5, .1, .2], [2] = [.6, .4, .3] }, 2);
        Assert.Equal(["1/0", "2/0"], jobs);
        Assert.Equal((2, 1), halving.PromoteBest());
        halving.Report(2, 1, new(.4));
        Assert.Equal((2, 2), halving.PromoteBest());
        halving.Report(2, 2, new(.3));
        Assert.Null(halving.PromoteBest());
        Assert.Equal([2], halving.Finished);
        // two are wanted at the end: the other one follows, whatever it came to
        Assert.Equal((1, 1), halving.PromoteBest(2));
        halving.Report(1, 1, new(.1));
        Assert.Equal((1, 2), halving.PromoteBest(2));
        halving.Report(1, 2, new(.2));
        Assert.Null(halving.PromoteBest(3));
        Assert.Equal([2, 1], halving.Finished);
    }

    [Fact]
    public void A_trial_that_came_to_nothing_never_goes_on()
    {
        var (jobs, halving) = Play(3, 3, new() { [1] = [double.NaN], [2] = [double.NaN], [3] = [.1, double.NaN], [4] = [.05, .2] }, 4);
        Assert.Equal(["1/0", "2/0", "3/0", "3/1", "4/0"], jobs);
        // what went on came to nothing, so the next best does
        Assert.Empty(halving.Finished);
        Assert.Equal((4, 1), halving.PromoteBest());
    }

    [Fact]
    public void Of_equals_the_earlier_one_goes_on()
    {
        var (jobs, _) = Play(3, 3, new() { [1] = [.5, .5], [2] = [.5], [3] = [.5] }, 3);
        Assert.Equal(["1/0", "2/0", "3/0", "1/1"], jobs);
    }

    [Fact]
    public void Where_no_task_may_lose_one_that_does_comes_last()
    {
        // the better mean has a task that loses
        var halving = new SuccessiveHalving(1, 3);
        halving.Report(1, 0, new TrialScore(.05, Regret: .01));
        halving.Report(2, 0, new TrialScore(.002));
        halving.Report(3, 0, new TrialScore(.04, Regret: .005));
        halving.Report(4, 0, TrialScore.None);
        halving.Report(5, 0, new TrialScore(-.01));
        Assert.Equal([2, 5, 3, 1], halving.Finished);
    }

    private static (List<string> Jobs, SuccessiveHalving Halving) Play(int epochs, int reduction, Dictionary<int, double[]> scores, int trials)
    {
        var halving = new SuccessiveHalving(epochs, reduction);
        var jobs = new List<string>();
        var begun = 0;
        while (true)
        {
            var next = halving.Promote();
            if (next is null && begun < trials) next = (++begun, 0);
            if (next is not var (trial, rung)) return (jobs, halving);
            jobs.Add($"{trial}/{rung}");
            halving.Report(trial, rung, new(scores[trial][rung]));
        }
    }
}
