using Sundry.Data;

namespace Sundry.Training;

/// <summary>Told how a run goes on, from the thread that runs it.</summary>
public interface IRunObserver
{
    /// <summary>Rows are being read and encoded.</summary>
    void Preparing(PrepareProgress progress);

    /// <summary>The data is ready.</summary>
    void Prepared(DataSummary summary);

    /// <summary>A model is being trained.</summary>
    void Training(TrainProgress progress);

    /// <summary>Something that is neither, in one sentence: judging, writing the report.</summary>
    void Doing(string what);
}
