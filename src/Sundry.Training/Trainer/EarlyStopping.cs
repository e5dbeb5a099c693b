using Sundry.Data;

namespace Sundry.Training;

/// <summary>Watches one score an epoch: which epoch is the best, and when to stop waiting for a better one.</summary>
/// <param name="options">What is watched, and the patience.</param>
/// <param name="tasks">The tasks that are learned.</param>
public sealed class EarlyStopping(EarlyStoppingOptions options, IReadOnlyList<TaskSchema> tasks)
{
    /// <summary>The best epoch so far, counted from 1; 0 before the first.</summary>
    public int BestEpoch { get; private set; }

    /// <summary>Its score; NaN while every score is undefined.</summary>
    public double BestScore { get; private set; } = double.NaN;

    /// <summary>
    /// What an epoch is judged by, greater being better: the watched metric, or the weighted mean of the tasks' own. Errors in a label's
    /// unit are divided by its standard deviation, so that tasks can be averaged. Undefined metrics are left out; NaN where all are.
    /// </summary>
    /// <exception cref="InputException">The watched task has no such metric.</exception>
    public double Score(IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> validation)
    {
        if (options.Metric != "mean")
        {
            var parts = options.Metric.Split('.', 2);
            var watched = tasks.FirstOrDefault(t => t.Name == parts[0]);
            // a single-task reference of a comparison learns one task at a time and watches that
            if (watched is not null) return Goodness(watched, parts.Length > 1 ? parts[1] : TaskMetrics.For(watched), validation);
        }

        double sum = 0, total = 0;
        foreach (var task in tasks)
        {
            var score = Goodness(task, TaskMetrics.For(task), validation);
            var weight = options.Weights.GetValueOrDefault(task.Name, task.Main || tasks.All(t => !t.Main) ? 1 : 0);
            if (double.IsNaN(score)) continue;
            sum += weight * score;
            total += weight;
        }

        return total > 0 ? sum / total : double.NaN;
    }

    /// <summary>Takes in an epoch's score.</summary>
    /// <returns>Whether it is the best so far. Where nothing can be judged the latest epoch counts as the best.</returns>
    public bool Observe(int epoch, double score)
    {
        var better = double.IsNaN(BestScore) || score > BestScore;
        if (!better) return false;
        BestEpoch = epoch;
        BestScore = score;
        return true;
    }

    /// <summary>Whether the patience is used up after <paramref name="epoch"/>.</summary>
    public bool ShouldStop(int epoch) => options.Patience > 0 && !double.IsNaN(BestScore) && epoch - BestEpoch >= options.Patience;

    private static double Goodness(TaskSchema task, string metric, IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> validation)
    {
        if (!validation[task.Name].TryGetValue(metric, out var value))
            throw new InputException($"task '{task.Name}' has no metric '{metric}'; 'early_stopping.metric' can name {string.Join(", ", TaskMetrics.Names(task.Type))}");
        var good = TaskMetrics.Goodness(metric, value);
        return metric is "rmse" or "mae" ? good / task.LabelDeviation : good;
    }
}
