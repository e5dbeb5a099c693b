using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Sundry.Compute;

internal static unsafe partial class Gemm
{
    /// <summary>Floats that the packed form of a k×n matrix takes.</summary>
    public static nuint PackedLength(int k, int n)
    {
        nuint lanes = (nuint)Simd.Lanes;
        if (n <= NarrowOutputs) return (nuint)n * RoundUp((nuint)k, lanes);
        var tail = (nuint)n % (2 * lanes);
        var whole = (nuint)n - tail;
        return (nuint)k * (whole + (tail == 0 ? 0 : tail <= lanes ? lanes : 2 * lanes));
    }

    private static nuint RoundUp(nuint value, nuint unit) => (value + unit - 1) / unit * unit;

    /// <summary>Packs W[k, n] (row stride <paramref name="ldw"/>) for y = x·W: all of its panels, or every <paramref name="parts"/>th from <paramref name="part"/> on.</summary>
    public static void Pack(float* packed, float* w, int ldw, int k, int n, int part = 0, int parts = 1) => PackPanels(packed, w, ldw, 1, k, n, part, parts);

    /// <summary>Packs W[k, n] for dx = dy·Wᵀ; the packed form is that of an n×k matrix.</summary>
    public static void PackTransposed(float* packed, float* w, int ldw, int k, int n, int part = 0, int parts = 1) => PackPanels(packed, w, 1, ldw, n, k, part, parts);

    /// <summary>Packs the matrix whose element (i, j) is w[i·row + j·column].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackPanels(float* packed, float* w, nint row, nint column, int k, int n, int part, int parts)
    {
        var lanes = Simd.Lanes;
        if (n <= NarrowOutputs)
        {
            var padded = (int)RoundUp((nuint)k, (nuint)lanes);
            for (var j = part; j < n; j += parts)
                for (var i = 0; i < padded; i++)
                    packed[j * padded + i] = i < k ? w[i * row + j * column] : 0f;
            return;
        }

        for (var j = part * 2 * lanes; j < n; j += parts * 2 * lanes)
        {
            var columns = Math.Min(2 * lanes, n - j);
            PackPanel(packed + (nint)k * j, w + j * column, row, column, k, columns, columns <= lanes ? lanes : 2 * lanes);
        }
    }

    /// <summary>Packs one panel: <paramref name="columns"/> columns, filled up with zeros to <paramref name="width"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackPanel(float* panel, float* w, nint row, nint column, int k, int columns, int width)
    {
        var i = 0;
        if (row == 1 && columns % 4 == 0 && Sse.IsSupported)
        {
            for (; i <= k - 4; i += 4)
                for (var c = 0; c < columns; c += 4)
                    Transpose(panel + (nint)i * width + c, width, w + i + c * column, column);
            for (var c = columns; c < width; c++)
                for (var r = 0; r < i; r++) panel[(nint)r * width + c] = 0f;
        }

        panel += (nint)i * width;
        w += i * row;
        for (; i < k; i++)
        {
            if (column == 1)
            {
                new ReadOnlySpan<float>(w, columns).CopyTo(new Span<float>(panel, columns));
            }
            else
            {
                for (var c = 0; c < columns; c++) panel[c] = w[c * column];
            }

            for (var c = columns; c < width; c++) panel[c] = 0f;
            panel += width;
            w += row;
        }
    }

    /// <summary>Four by four floats, rows to columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(float* target, nint ldt, float* source, nint lds)
    {
        Vector128<float> a = Vector128.Load(source), b = Vector128.Load(source + lds);
        Vector128<float> c = Vector128.Load(source + 2 * lds), d = Vector128.Load(source + 3 * lds);
        Vector128<float> ab0 = Sse.UnpackLow(a, b), ab2 = Sse.UnpackHigh(a, b), cd0 = Sse.UnpackLow(c, d), cd2 = Sse.UnpackHigh(c, d);
        Sse.MoveLowToHigh(ab0, cd0).Store(target);
        Sse.MoveHighToLow(cd0, ab0).Store(target + ldt);
        Sse.MoveLowToHigh(ab2, cd2).Store(target + 2 * ldt);
        Sse.MoveHighToLow(cd2, ab2).Store(target + 3 * ldt);
    }
}
