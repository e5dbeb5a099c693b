namespace Sundry.Training;

/// <summary>What a model of a search says of some rows, in a form that can be kept.</summary>
/// <param name="Head">What is known of its training.</param>
/// <param name="Predictions">By task that it learned.</param>
internal sealed record JudgedModel(JudgedModel.Facts Head, IReadOnlyList<TaskPredictions> Predictions)
{
    /// <param name="Epochs">Epochs that it has trained in all.</param>
    /// <param name="BestEpoch">The epoch that is judged.</param>
    /// <param name="Score">What chose that epoch.</param>
    /// <param name="Seconds">Seconds that it took here.</param>
    /// <param name="TotalSeconds">Seconds of its training from the first epoch on.</param>
    /// <param name="Parameters">Trained weights.</param>
    /// <param name="Dense">Those of them that are not in embedding tables.</param>
    internal sealed record Facts(int Epochs, int BestEpoch, double Score, double Seconds, double TotalSeconds, long Parameters, long Dense);
}
