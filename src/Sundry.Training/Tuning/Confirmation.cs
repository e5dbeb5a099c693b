using Sundry.Data;

namespace Sundry.Training;

/// <summary>
/// The end of a search: the best trials trained again with further seeds and judged on validation beside single-task models of the same
/// seeds; then, for the one that is chosen, the only look at the test rows.
/// </summary>
/// <param name="data">The rows.</param>
/// <param name="runner">Trains.</param>
/// <param name="alone">The single-task models.</param>
/// <param name="objective">What is made as great as can be.</param>
/// <param name="tune">Number of finalists and seeds.</param>
/// <param name="epochs">Epochs of the last rung.</param>
/// <param name="mayGoOn">Asked before each further finalist.</param>
/// <param name="observer">Told how it goes on.</param>
internal sealed class Confirmation(Dataset data, TrialRunner runner, SingleReferences alone, TuneObjective objective, TuneOptions tune, int epochs, Func<bool> mayGoOn, IRunObserver observer)
{
    /// <summary>Chooses among the trials that reached the last rung, the best first.</summary>
    public TuneResult Choose(IReadOnlyList<Trial> finished, CancellationToken cancel)
    {
        if (finished.Count == 0) throw new InputException("no trial could be trained to its end; lower the learning rates that are tried, or set 'training.clip: 1'");
        var finalists = finished.Take(tune.Finalists).ToList();
        ContestResult[] single = [.. Seeds.Select(s => Reference(s, cancel))];
        var judged = new List<(Trial Trial, Finalist Finalist, IReadOnlyList<ContestResult> Runs)>();
        foreach (var trial in finalists)
        {
            if (judged.Count > 0 && !runner.IsKept(Final(trial, tune.Seeds - 1)) && !mayGoOn()) break;
            if (Confirm(trial, finalists.Count, single, cancel) is { } confirmed)
                judged.Add(confirmed);
        }

        if (judged.Count == 0) throw new InputException("no finalist could be trained with all its seeds; lower the learning rates that are tried, or set 'training.clip: 1'");
        judged = [.. judged.OrderByDescending(f => f.Finalist.Score).ThenBy(f => f.Trial.Number)];
        var winner = judged[0];
        var test = data.Test is null ? [] : Test(winner.Trial, cancel);
        alone.Forget(tune.Seeds);
        foreach (var (trial, _, _) in judged)
            foreach (var seed in Seeds)
                runner.Forget(Work(trial, seed));
        return new(
            "", [], new Dictionary<string, string>(), [], [], alone.Results, [.. judged.Select(f => f.Finalist)], tune.Seeds,
            Comparison.Summarise([single, .. judged.Select(f => f.Runs)]), test, winner.Trial,
            [.. Main(data, winner.Finalist.Tasks).Where(t => t.Verdict == Verdict.Loses)], "", 0);
    }

    /// <summary>The tasks that are wanted for themselves; all of them where none is.</summary>
    public static IEnumerable<TaskStanding> Main(Dataset data, IReadOnlyList<TaskStanding> tasks)
    {
        var main = data.Layout.Tasks.Where(t => t.Main).Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        return main.Count == 0 ? tasks : tasks.Where(t => main.Contains(t.Task));
    }

    private IEnumerable<int> Seeds => Enumerable.Range(0, tune.Seeds);

    private ContestResult Reference(int seed, CancellationToken cancel)
    {
        if (seed > 0) observer.Doing($"confirming: single-task models, seed {seed + 1} of {tune.Seeds}");
        return alone.Judge(seed, cancel);
    }

    private (Trial Trial, Finalist Finalist, IReadOnlyList<ContestResult> Runs)? Confirm(Trial trial, int count, ContestResult[] single, CancellationToken cancel)
    {
        var runs = new List<ContestResult>();
        var values = new List<double>();
        try
        {
            foreach (var seed in Seeds)
            {
                if (seed > 0) observer.Doing($"confirming: trial {trial.Number}, one of {count}, seed {seed + 1} of {tune.Seeds}");
                var model = runner.Judge(Final(trial, seed), Work(trial, seed), Seeded(trial, seed), null, epochs, cancel);
                runs.Add(Contest(trial, seed, model));
                values.Add(model.Head.Score);
            }
        }
        catch (InputException e) when (e.File is null)
        {
            observer.Doing($"trial {trial.Number} is out: {e.Message}");
            return null;
        }

        var tasks = runs[0].Predictions.Select((rows, t) => TaskStanding.Of(rows.Task.Name, Comparison.Difference(runs, single, t))).ToList();
        var score = objective.NoRegret ? TaskStanding.Score(Main(data, tasks)) : new TrialScore(values.Average());
        return (trial, new Finalist(trial.Number, score.Value, score.Regret, tasks), runs);
    }

    private IReadOnlyList<ComparisonResult> Test(Trial winner, CancellationToken cancel)
    {
        observer.Doing("judging the winner on the test rows");
        ContestResult[] single = [.. Seeds.Select(s => alone.JudgeTest(s, cancel))];
        ContestResult[] runs = [.. Seeds.Select(s => Contest(winner, s, runner.JudgeTest($"test-{Work(winner, s)}", Work(winner, s), Seeded(winner, s), null, cancel)))];
        return Comparison.Summarise([single, runs]);
    }

    private static ContestResult Contest(Trial trial, int seed, JudgedModel model) => new(
        new Contestant($"trial {trial.Number}: {trial.Options.Model.Architecture}", trial.Options.Training.Balancing.Method, trial.Options.Training.Seed + seed),
        model.Predictions, model.Head.TotalSeconds, model.Head.Parameters)
    {
        DenseParameters = model.Head.Dense,
    };

    private static SundryOptions Seeded(Trial trial, int seed) => trial.Options with { Training = trial.Options.Training with { Seed = trial.Options.Training.Seed + seed } };

    private static string Final(Trial trial, int seed) => Work(trial, seed) + "-final";

    // the first seed goes on from the search's own checkpoint
    private static string Work(Trial trial, int seed) => seed == 0 ? Tuner.Work(trial.Number) : $"{Tuner.Work(trial.Number)}-seed-{seed}";
}
