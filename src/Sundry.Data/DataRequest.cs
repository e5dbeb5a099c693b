namespace Sundry.Data;

/// <summary>Which rows to prepare, and as what.</summary>
/// <param name="Data">The files and how they are split.</param>
/// <param name="Features">The features by column; null for every column that is left.</param>
/// <param name="Exclude">Columns that are no features.</param>
/// <param name="Tasks">What to predict, by name.</param>
/// <param name="BaseDirectory">The folder that relative paths start from.</param>
public sealed record DataRequest(
    DataOptions Data,
    IReadOnlyDictionary<string, FeatureOptions>? Features,
    IReadOnlyList<string> Exclude,
    IReadOnlyDictionary<string, TaskOptions> Tasks,
    string BaseDirectory);
