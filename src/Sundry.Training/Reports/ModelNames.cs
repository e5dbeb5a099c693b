namespace Sundry.Training;

/// <summary>What the models of a comparison are called: by their balancing too where that tells any of them apart.</summary>
/// <param name="results">The models.</param>
internal sealed class ModelNames(IReadOnlyList<ComparisonResult> results)
{
    private readonly bool _balanced = results.Where(result => !IsReference(result)).Select(result => result.Balancing).Distinct().Count() > 1;

    /// <summary>The balancing, where it is part of the name; else empty.</summary>
    public string Balancing(ComparisonResult result) => _balanced && !IsReference(result) ? result.Balancing : "";

    /// <summary>The name in a sentence.</summary>
    public string Of(ComparisonResult result) => Balancing(result) is { Length: > 0 } balancing ? $"{result.Architecture} ({balancing})" : result.Architecture;

    // a single task has nothing to balance
    private static bool IsReference(ComparisonResult result) => result.Tasks.All(task => task.Single is null);
}
