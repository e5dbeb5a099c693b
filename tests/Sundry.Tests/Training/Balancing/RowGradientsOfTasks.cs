using Sundry.Compute;
using Sundry.Training;

namespace Sundry.Tests.Training;

/// <summary>Gradients as plain vectors in double: the reference that balancers are tested against.</summary>
/// <param name="rows">[T, D].</param>
/// <param name="ends">Where each tensor ends; one tensor unless given.</param>
/// <param name="chunk">Coordinates in a chunk.</param>
internal sealed class RowGradientsOfTasks(double[][] rows, int[]? ends = null, int chunk = 3) : ITaskGradients
{
    private readonly int[] _ends = ends ?? [rows[0].Length];

    public double[] Combined { get; } = new double[rows[0].Length];

    public double[] Own { get; } = new double[rows.Length];

    public int Tasks => rows.Length;

    public int Tensors => _ends.Length;

    public IReadOnlyList<int> LastLayer => [_ends.Length - 1];

    public void Gram(double[,] gram) => Gram(gram, 0, rows[0].Length);

    public void Gram(int tensor, double[,] gram) => Gram(gram, Start(tensor), _ends[tensor]);

    public void RepresentationGram(double[,] gram) => Gram(LastLayer[0], gram);

    public void Combine(ReadOnlySpan<double> shared, ReadOnlySpan<double> own)
    {
        Array.Clear(Combined);
        Assert.True(shared.Length == Tasks || shared.Length == Tasks * Tensors);
        for (var k = 0; k < Tensors; k++)
            for (var t = 0; t < Tasks; t++)
                for (var i = Start(k); i < _ends[k]; i++)
                    Combined[i] += shared[shared.Length == Tasks ? t : k * Tasks + t] * rows[t][i];
        own.CopyTo(Own);
    }

    public void Combine(CoordinateRule rule, ReadOnlySpan<double> own)
    {
        for (var start = 0; start < Combined.Length; start += chunk)
        {
            var length = Math.Min(chunk, Combined.Length - start);
            float[] parts = [.. rows.SelectMany(r => r.Skip(start).Take(length)).Select(g => (float)g)];
            var made = new float[length];
            rule((ulong)start, parts, made);
            for (var i = 0; i < length; i++) Combined[start + i] = made[i];
        }

        own.CopyTo(Own);
    }

    private int Start(int tensor) => tensor == 0 ? 0 : _ends[tensor - 1];

    private void Gram(double[,] gram, int from, int to)
    {
        for (var t = 0; t < Tasks; t++)
        {
            for (var s = 0; s < Tasks; s++)
            {
                gram[t, s] = 0;
                for (var i = from; i < to; i++) gram[t, s] += rows[t][i] * rows[s][i];
            }
        }
    }
}
