namespace Sundry.Training;

/// <summary>One way to train the same tasks on the same rows.</summary>
/// <param name="Architecture">How tasks share; <c>single_task</c> is one model a task, each stopped by itself.</param>
/// <param name="Balancing">How losses are combined; single-task models have nothing to combine.</param>
/// <param name="Seed">The seed.</param>
public sealed record Contestant(string Architecture, string Balancing, int Seed)
{
    /// <summary>The reference that every comparison needs.</summary>
    public const string Single = "single_task";

    /// <inheritdoc/>
    public override string ToString() => Architecture == Single ? $"{Architecture}, seed {Seed}" : $"{Architecture}, balancing {Balancing}, seed {Seed}";
}
