namespace Sundry.Data;

/// <summary>What was found in one of several sources.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Train">Encoded training rows.</param>
/// <param name="Validation">Encoded validation rows.</param>
/// <param name="Test">Encoded test rows.</param>
/// <param name="Features">The features that its rows have.</param>
public sealed record SourceSummary(string Name, long Train, long Validation, long Test, IReadOnlyList<string> Features);
