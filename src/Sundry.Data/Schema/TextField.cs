namespace Sundry.Data;

/// <summary>What reads the tokens of a text.</summary>
/// <param name="Shape">Its sizes.</param>
/// <param name="Summary">How the tokens' vectors become one.</param>
/// <param name="Train">What training changes of it.</param>
/// <param name="Adapter">Units of each adapter.</param>
public sealed record TextField(TextShape Shape, TextSummary Summary, TextTraining Train, int Adapter)
{
    /// <summary>The file of its first weights; null where they are random, and in a model that was trained.</summary>
    public string? Weights { get; init; }
}
