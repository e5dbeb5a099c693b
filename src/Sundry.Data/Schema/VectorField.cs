namespace Sundry.Data;

/// <summary>Number columns that follow each other and are one vector.</summary>
/// <param name="Name">Its name, the feature's.</param>
/// <param name="First">The first of its columns among the layout's numbers.</param>
/// <param name="Width">How many there are.</param>
/// <param name="Embedding">Floats that it is projected to where the configuration says so, else null: the model decides.</param>
public sealed record VectorField(string Name, int First, int Width, int? Embedding);
