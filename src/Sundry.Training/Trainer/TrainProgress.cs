namespace Sundry.Training;

/// <summary>Where a training is.</summary>
/// <param name="Epoch">The present epoch, counted from 1.</param>
/// <param name="Epochs">The most epochs there can be.</param>
/// <param name="Rows">Rows of this epoch that are done.</param>
/// <param name="TotalRows">Rows of an epoch.</param>
/// <param name="RowsPerSecond">The rate over this epoch so far.</param>
/// <param name="Losses">By task: the mean loss of this epoch so far.</param>
/// <param name="Finished">The epoch that has just ended, or null.</param>
/// <param name="IsBest">Whether that epoch is the best so far.</param>
public sealed record TrainProgress(
    int Epoch, int Epochs, long Rows, long TotalRows, double RowsPerSecond, IReadOnlyDictionary<string, double> Losses, EpochRecord? Finished = null, bool IsBest = false);
