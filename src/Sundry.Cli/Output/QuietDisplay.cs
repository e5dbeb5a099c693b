using Sundry.Data;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary>Shows how many trainings go on: a line each, and on a terminal the epoch that is being learned; their epochs are too many for a line each.</summary>
internal sealed class QuietDisplay : IRunObserver, IDisposable
{
    private readonly RunDisplay _display = new();

    public void Preparing(PrepareProgress progress)
    {
        if (Terminal.IsLive) _display.Preparing(progress);
    }

    public void Prepared(DataSummary summary) => _display.Prepared(summary);

    public void Training(TrainProgress progress)
    {
        if (progress.Finished is null) _display.Training(progress);
    }

    public void Doing(string what) => _display.Doing(what);

    public void Dispose() => _display.Dispose();
}
