namespace Sundry.Tests;

/// <summary>Everything that an op reads, in double, as its twin sees it.</summary>
internal sealed class OpValues
{
    public required int Rows { get; init; }

    /// <summary>Inputs in the order in which they were asked for, each [Rows, width].</summary>
    public required double[][] Inputs { get; init; }

    /// <summary>Parameters and tables by name, row-major.</summary>
    public required IReadOnlyDictionary<string, double[]> Weights { get; init; }

    public required int[] Ids { get; init; }

    public required int[] BagOffsets { get; init; }

    public required int[] BagIds { get; init; }

    /// <summary>As many as there are ids, or none.</summary>
    public double[] BagWeights { get; init; } = [];

    public double[] X => Inputs[0];

    public int Width(int input = 0) => Inputs[input].Length / Rows;

    /// <summary>One value of the result after the other, from its row and column.</summary>
    public double[] Fill(int width, Func<int, int, double> value)
    {
        var y = new double[Rows * width];
        for (var r = 0; r < Rows; r++)
            for (var c = 0; c < width; c++)
                y[r * width + c] = value(r, c);
        return y;
    }
}
