using Sundry.Data;

namespace Sundry.Training;

/// <summary>What a run trained and judged, for what is added to its report.</summary>
/// <param name="Trained">The model with its best weights.</param>
/// <param name="Data">The rows.</param>
/// <param name="Judged">Its predictions and metrics by task.</param>
public sealed record RunModels(TrainedModel Trained, Dataset Data, IReadOnlyList<JudgedTask> Judged);
