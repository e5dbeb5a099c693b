namespace Sundry.Data;

/// <summary>The number columns of a feature that is cut into pieces: how far a value has come through each interval, from 0 to 1.</summary>
/// <param name="Feature">The feature.</param>
/// <param name="First">The first of its columns among the layout's numbers.</param>
/// <param name="Count">How many they are.</param>
/// <param name="Embedding">The width of its embedding where the configuration asks for one, else null: the model decides.</param>
public sealed record NumberPieces(string Feature, int First, int Count, int? Embedding);
