using System.Runtime.CompilerServices;

namespace Sundry.Compute;

/// <summary>Sums over rows of a table: products with matrices that are only known as sums of outer products, four rows at a time, each read from memory once.</summary>
public static unsafe class GatheredRows
{
    /// <summary>y += Σ c·row over the named rows, c = plain + weight·(rise + slope·(row·x)).</summary>
    /// <param name="y">[n] takes the sum.</param>
    /// <param name="table">[rows of the table, n].</param>
    /// <param name="rows">[m] which rows.</param>
    /// <param name="weights">[m].</param>
    /// <param name="x">[n].</param>
    /// <param name="plain">What every row counts.</param>
    /// <param name="rise">What a row counts for its weight.</param>
    /// <param name="slope">What a row counts for its weight times its product with x.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a row is not in the table.</exception>
    public static void AddProducts(Span<float> y, ReadOnlySpan<float> table, ReadOnlySpan<int> rows, ReadOnlySpan<float> weights, ReadOnlySpan<float> x, float plain, float rise, float slope)
    {
        if (x.Length != y.Length || rows.Length != weights.Length || y.IsEmpty) throw Unequal();
        var count = (uint)(table.Length / y.Length);
        foreach (var row in rows)
            if ((uint)row >= count) throw new ArgumentException($"the table has no row {row}", nameof(rows));
        fixed (float* py = y, pt = table, pw = weights, px = x)
        fixed (int* pr = rows)
        {
            switch (Simd.Bits)
            {
                case 512: Add<V512>(py, pt, pr, pw, px, y.Length, rows.Length, plain, rise, slope); break;
                case 256: Add<V256>(py, pt, pr, pw, px, y.Length, rows.Length, plain, rise, slope); break;
                case 128: Add<V128>(py, pt, pr, pw, px, y.Length, rows.Length, plain, rise, slope); break;
                default: Add<V1>(py, pt, pr, pw, px, y.Length, rows.Length, plain, rise, slope); break;
            }
        }
    }

    /// <summary>y += Σ c[i]·table[i] over all rows of the table.</summary>
    /// <param name="y">[n] takes the sum.</param>
    /// <param name="table">[m, n].</param>
    /// <param name="c">[m].</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void AddCombination(Span<float> y, ReadOnlySpan<float> table, ReadOnlySpan<float> c)
    {
        if ((long)y.Length * c.Length != table.Length) throw Unequal();
        fixed (float* py = y, pt = table, pc = c)
        {
            switch (Simd.Bits)
            {
                case 512: Combine<V512>(py, pt, pc, y.Length, c.Length); break;
                case 256: Combine<V256>(py, pt, pc, y.Length, c.Length); break;
                case 128: Combine<V128>(py, pt, pc, y.Length, c.Length); break;
                default: Combine<V1>(py, pt, pc, y.Length, c.Length); break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add<V>(float* y, float* table, int* rows, float* weights, float* x, int n, int m, float plain, float rise, float slope) where V : struct, IVector<V>
    {
        var r = 0;
        for (; r <= m - 4; r += 4)
        {
            float* a = table + (long)rows[r] * n, b = table + (long)rows[r + 1] * n, c = table + (long)rows[r + 2] * n, d = table + (long)rows[r + 3] * n;
            V sa = V.Zero, sb = V.Zero, sc = V.Zero, sd = V.Zero;
            var i = 0;
            for (; i <= n - V.Count; i += V.Count)
            {
                var v = V.Load(x + i);
                sa = V.MultiplyAdd(V.Load(a + i), v, sa);
                sb = V.MultiplyAdd(V.Load(b + i), v, sb);
                sc = V.MultiplyAdd(V.Load(c + i), v, sc);
                sd = V.MultiplyAdd(V.Load(d + i), v, sd);
            }

            if (i < n)
            {
                var v = V.LoadPartial(x + i, n - i);
                sa = V.MultiplyAdd(V.LoadPartial(a + i, n - i), v, sa);
                sb = V.MultiplyAdd(V.LoadPartial(b + i, n - i), v, sb);
                sc = V.MultiplyAdd(V.LoadPartial(c + i, n - i), v, sc);
                sd = V.MultiplyAdd(V.LoadPartial(d + i, n - i), v, sd);
            }

            V ca = V.Broadcast(plain + weights[r] * (rise + slope * V.Sum(sa))), cb = V.Broadcast(plain + weights[r + 1] * (rise + slope * V.Sum(sb)));
            V cc = V.Broadcast(plain + weights[r + 2] * (rise + slope * V.Sum(sc))), cd = V.Broadcast(plain + weights[r + 3] * (rise + slope * V.Sum(sd)));
            Four(y, a, b, c, d, n, ca, cb, cc, cd);
        }

        for (; r < m; r++)
        {
            var a = table + (long)rows[r] * n;
            var sum = V.Zero;
            var i = 0;
            for (; i <= n - V.Count; i += V.Count) sum = V.MultiplyAdd(V.Load(a + i), V.Load(x + i), sum);
            if (i < n) sum = V.MultiplyAdd(V.LoadPartial(a + i, n - i), V.LoadPartial(x + i, n - i), sum);
            One(y, a, n, V.Broadcast(plain + weights[r] * (rise + slope * V.Sum(sum))));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Combine<V>(float* y, float* table, float* c, int n, int m) where V : struct, IVector<V>
    {
        var r = 0;
        for (; r <= m - 4; r += 4)
        {
            var a = table + (long)r * n;
            Four(y, a, a + n, a + 2L * n, a + 3L * n, n, V.Broadcast(c[r]), V.Broadcast(c[r + 1]), V.Broadcast(c[r + 2]), V.Broadcast(c[r + 3]));
        }

        for (; r < m; r++) One(y, table + (long)r * n, n, V.Broadcast(c[r]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four<V>(float* y, float* a, float* b, float* c, float* d, int n, V ca, V cb, V cc, V cd) where V : struct, IVector<V>
    {
        var i = 0;
        for (; i <= n - V.Count; i += V.Count)
        {
            // two chains, so that a sum does not wait for the one before it
            var first = V.MultiplyAdd(V.Load(b + i), cb, V.MultiplyAdd(V.Load(a + i), ca, V.Load(y + i)));
            V.Store(first + V.MultiplyAdd(V.Load(d + i), cd, V.Load(c + i) * cc), y + i);
        }

        if (i == n) return;
        var last = V.MultiplyAdd(V.LoadPartial(b + i, n - i), cb, V.MultiplyAdd(V.LoadPartial(a + i, n - i), ca, V.LoadPartial(y + i, n - i)));
        V.StorePartial(last + V.MultiplyAdd(V.LoadPartial(d + i, n - i), cd, V.LoadPartial(c + i, n - i) * cc), y + i, n - i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void One<V>(float* y, float* a, int n, V c) where V : struct, IVector<V>
    {
        var i = 0;
        for (; i <= n - V.Count; i += V.Count) V.Store(V.MultiplyAdd(V.Load(a + i), c, V.Load(y + i)), y + i);
        if (i < n) V.StorePartial(V.MultiplyAdd(V.LoadPartial(a + i, n - i), c, V.LoadPartial(y + i, n - i)), y + i, n - i);
    }

    private static ArgumentException Unequal() => new("the lengths do not fit one another");
}
