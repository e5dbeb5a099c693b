namespace Sundry.Compute;

/// <summary>A matrix of weights, a view into the one block that a <see cref="ParameterStore"/> holds for all of them.</summary>
public sealed class Parameter
{
    internal Parameter(string name, int index, int rows, int columns, Initializer initializer, bool trainable, long offset)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        Name = name;
        Index = index;
        Rows = rows;
        Columns = columns;
        Length = checked(rows * columns);
        Initializer = initializer;
        Trainable = trainable;
        Offset = offset;
    }

    /// <summary>Its name, unique in the graph.</summary>
    public string Name { get; }

    /// <summary>Rows; for a linear layer its inputs.</summary>
    public int Rows { get; }

    /// <summary>Columns; for a linear layer its outputs.</summary>
    public int Columns { get; }

    /// <summary>Rows × columns.</summary>
    public int Length { get; }

    /// <summary>How the first values are drawn.</summary>
    public Initializer Initializer { get; }

    /// <summary>False for state that the optimiser leaves alone, such as running statistics.</summary>
    public bool Trainable { get; }

    internal int Index { get; }

    internal long Offset { get; }
}
