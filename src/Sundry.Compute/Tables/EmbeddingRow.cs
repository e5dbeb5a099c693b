using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sundry.Compute;

/// <summary>
/// Copies and adds the short rows of embedding tables, four floats at a time in line: a call for each row would cost more than the row.
/// </summary>
internal static unsafe class EmbeddingRow
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(float* destination, float* source, int width)
    {
        var j = 0;
        for (; j + Vector128<float>.Count <= width; j += Vector128<float>.Count)
            Vector128.Load(source + j).Store(destination + j);
        for (; j < width; j++)
            destination[j] = source[j];
    }

    /// <summary>destination = scale × source.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scale(float* destination, float* source, float scale, int width)
    {
        var j = 0;
        var factor = Vector128.Create(scale);
        for (; j + Vector128<float>.Count <= width; j += Vector128<float>.Count)
            (factor * Vector128.Load(source + j)).Store(destination + j);
        for (; j < width; j++)
            destination[j] = scale * source[j];
    }

    /// <summary>destination += scale × source.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(float* destination, float* source, float scale, int width)
    {
        var j = 0;
        var factor = Vector128.Create(scale);
        for (; j + Vector128<float>.Count <= width; j += Vector128<float>.Count)
            (Vector128.Load(destination + j) + factor * Vector128.Load(source + j)).Store(destination + j);
        for (; j < width; j++)
            destination[j] += scale * source[j];
    }
}
