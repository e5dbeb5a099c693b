namespace Sundry.Data;

/// <summary>What one part says about one task.</summary>
/// <param name="Split"><c>train</c>, <c>validation</c> or <c>test</c>.</param>
/// <param name="Labelled">Rows with a label.</param>
/// <param name="Masked">Rows without one: outside the task's rows, or the label is missing.</param>
/// <param name="Positives">Binary: rows with the positive label; else 0.</param>
/// <param name="Mean">Mean of the labels; null without labels and for classes.</param>
/// <param name="Classes">Binary and multiclass: the rows of each class, in label order; else empty.</param>
public sealed record TaskSplitSummary(string Split, long Labelled, long Masked, long Positives, double? Mean, IReadOnlyList<ValueCount> Classes);
