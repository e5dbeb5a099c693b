namespace Sundry.Compute;

/// <summary>The size of a linear layer.</summary>
/// <param name="Layer">The name of its weights; of several layers of one size, the first's.</param>
/// <param name="Inputs">Inputs of a group.</param>
/// <param name="Outputs">Outputs of a group.</param>
/// <param name="Groups">Groups, each with inputs and weights of its own.</param>
/// <param name="Count">Layers of this size.</param>
public sealed record ProductShape(string Layer, int Inputs, int Outputs, int Groups = 1, int Count = 1)
{
    /// <summary>Multiplications and additions of one form of one layer over <paramref name="rows"/> rows.</summary>
    public double Operations(int rows) => 2.0 * rows * Inputs * Outputs * Groups;
}
