namespace Sundry.Compute;

/// <summary>
/// A matrix W[k, n] laid out for products y[m, n] = x[m, k]·W that are many: the scores of all items for a block of users. A row's result does not depend on
/// the rows that are multiplied with it, so blocks may be dealt to threads as one likes. Reading is safe from several threads.
/// </summary>
public sealed unsafe class PackedMatrix : IDisposable
{
    private readonly AlignedBlock _packed;

    /// <summary>Packs a matrix.</summary>
    /// <param name="w">[k, n] row-major, or its transpose [n, k] with <paramref name="transposed"/>.</param>
    /// <param name="k">Rows of W.</param>
    /// <param name="n">Columns of W.</param>
    /// <param name="transposed">Whether <paramref name="w"/> holds Wᵀ.</param>
    /// <exception cref="ArgumentException"><paramref name="w"/> has not k·n floats.</exception>
    public PackedMatrix(ReadOnlySpan<float> w, int k, int n, bool transposed = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        if (w.Length != (long)k * n) throw new ArgumentException($"{w.Length} floats are no {k}×{n} matrix", nameof(w));
        (Rows, Columns) = (k, n);
        _packed = new AlignedBlock((long)Gemm.PackedLength(k, n));
        fixed (float* p = w)
        {
            if (transposed) Gemm.PackTransposed(_packed.Pointer, p, k, n, k);
            else Gemm.Pack(_packed.Pointer, p, n, k, n);
        }
    }

    /// <summary>k.</summary>
    public int Rows { get; }

    /// <summary>n.</summary>
    public int Columns { get; }

    /// <summary>y = x·W + bias, or y += x·W.</summary>
    /// <param name="x">[m, k].</param>
    /// <param name="y">[m, n].</param>
    /// <param name="bias">[n] or empty; not with <paramref name="accumulate"/>.</param>
    /// <param name="accumulate">Whether to add to y.</param>
    /// <exception cref="ArgumentException">The lengths do not fit one another.</exception>
    public void Multiply(ReadOnlySpan<float> x, Span<float> y, ReadOnlySpan<float> bias = default, bool accumulate = false)
    {
        var m = x.Length / Rows;
        if (x.Length != (long)m * Rows || y.Length != (long)m * Columns) throw new ArgumentException($"{x.Length} floats times a {Rows}×{Columns} matrix are no {y.Length} floats", nameof(y));
        if (!bias.IsEmpty && (bias.Length != Columns || accumulate)) throw new ArgumentException("the bias has another length than the columns, or is added to a sum", nameof(bias));
        fixed (float* px = x, py = y, pb = bias)
            Gemm.Multiply(py, Columns, px, Rows, _packed.Pointer, bias.IsEmpty ? null : pb, m, Rows, Columns, relu: false, accumulate);
        GC.KeepAlive(this);
    }

    /// <inheritdoc/>
    public void Dispose() => _packed.Dispose();
}
