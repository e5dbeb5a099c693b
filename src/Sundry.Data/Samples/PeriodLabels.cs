namespace Sundry.Data;

/// <summary>Labels of rows that are periods: what the user does, or what happens to the item, within a task's window from the period's beginning on. Where windows overlap an event belongs to all.</summary>
internal static class PeriodLabels
{
    /// <summary>[task][row] the labels, those of windows that the log does not hold whole not yet masked.</summary>
    public static float[][] Of(EventLog log, PeriodRows periods, int rows, IReadOnlyList<EventTask> tasks)
    {
        var labels = new float[tasks.Count][];
        for (int t = 0; t < labels.Length; t++)
        {
            labels[t] = new float[rows];
            labels[t].AsSpan().Fill(tasks[t].Nothing);
        }

        foreach (var chunk in new LogChunks(log))
        {
            foreach (var e in chunk)
            {
                for (int t = 0; t < labels.Length; t++)
                {
                    if (tasks[t].Type != e.Type) continue;
                    var (task, own) = (tasks[t], labels[t]);
                    periods.ForEach(e, task.Within, row => own[row] = task.After(own[row], e));
                }
            }
        }

        return labels;
    }
}
