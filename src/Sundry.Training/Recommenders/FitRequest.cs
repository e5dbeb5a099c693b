namespace Sundry.Training;

/// <summary>How a recommender is fitted.</summary>
/// <param name="Seed">The same seed gives the same recommender, on any number of threads.</param>
/// <param name="Threads">Threads; 0 takes as many as there are cores.</param>
/// <param name="Progress">Hears of it, on the thread that fits.</param>
/// <param name="Cancel">Ends it.</param>
public sealed record FitRequest(ulong Seed = 1, int Threads = 0, IProgress<FitProgress>? Progress = null, CancellationToken Cancel = default)
{
    /// <summary>The options of a loop over independent rows.</summary>
    internal ParallelOptions Parallel => new() { MaxDegreeOfParallelism = Threads == 0 ? Environment.ProcessorCount : Threads, CancellationToken = Cancel };

    /// <summary>Reports a stage of a fit, and ends it where that is wanted.</summary>
    internal void Tell(string stage, int done, int total, string unit, double loss = double.NaN)
    {
        Cancel.ThrowIfCancellationRequested();
        Progress?.Report(new FitProgress(stage, done, total, unit, total == 0 ? 0 : (double)done / total, loss));
    }
}
