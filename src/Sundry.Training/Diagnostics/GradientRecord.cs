namespace Sundry.Training;

/// <summary>What the gradients of the tasks were like in the steps that were looked at.</summary>
/// <param name="Steps">Number of steps that were looked at.</param>
/// <param name="Norms">By task: the mean length of its gradient of the shared parameters, over the steps with a row of it; NaN where there was none.</param>
/// <param name="Pairs">Every pair of tasks once, in the tasks' order.</param>
public sealed record GradientRecord(int Steps, IReadOnlyDictionary<string, double> Norms, IReadOnlyList<PairRecord> Pairs)
{
    /// <summary>All epochs together, each counting by its steps; null where none was looked at.</summary>
    public static GradientRecord? Over(IEnumerable<EpochRecord> history)
    {
        GradientRecord[] epochs = [.. history.Select(e => e.Gradients).OfType<GradientRecord>()];
        if (epochs.Length == 0) return null;
        var pairs = epochs[0].Pairs.Select((first, p) =>
        {
            PairRecord[] same = [.. epochs.Select(e => e.Pairs[p])];
            return first with
            {
                Steps = same.Sum(s => s.Steps),
                Cosine = Mean(same, s => s.Cosine, s => s.Steps),
                Conflicts = Mean(same, s => s.Conflicts, s => s.Steps),
                Layers = same.SelectMany(s => s.Layers.Keys).Distinct().ToDictionary(layer => layer, layer => Mean(same, s => s.Layers.GetValueOrDefault(layer, double.NaN), s => s.Steps)),
            };
        });
        return new GradientRecord(
            epochs.Sum(e => e.Steps), epochs[0].Norms.Keys.ToDictionary(task => task, task => Mean(epochs, e => e.Norms[task], e => e.Steps)), [.. pairs]);
    }

    /// <summary>What is known of two tasks, in either order; null for a pair that is not there.</summary>
    public PairRecord? Between(string task, string other) =>
        Pairs.FirstOrDefault(p => (p.First == task && p.Second == other) || (p.First == other && p.Second == task));

    // what is undefined in an epoch has no part in the mean
    private static double Mean<T>(IReadOnlyList<T> epochs, Func<T, double> value, Func<T, int> steps)
    {
        double sum = 0, total = 0;
        foreach (var epoch in epochs)
        {
            if (double.IsNaN(value(epoch))) continue;
            sum += value(epoch) * steps(epoch);
            total += steps(epoch);
        }

        return sum / total;
    }
}
