namespace Sundry.Data;

/// <summary>A feature that alone predicts a label almost perfectly: mostly a column that was written after what is to be predicted.</summary>
/// <param name="Feature">The feature.</param>
/// <param name="Task">The task whose label it gives away.</param>
/// <param name="Measure"><c>AUC</c> (binary), <c>R²</c> (regression, count), or <c>errors removed</c> (multiclass: the share of the most frequent class's errors that the feature avoids).</param>
/// <param name="Figure">Its value on validation, 1 being perfect.</param>
public sealed record Leak(string Feature, string Task, string Measure, double Figure);
