using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Sundry.Compute;

/// <summary>Eight floats.</summary>
internal readonly unsafe struct V256 : IVector<V256>, IRegister<V256, Vector256<float>>
{
    private readonly Vector256<float> _v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal V256(Vector256<float> v) => _v = v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private V256(Vector256<int> v) => _v = v.AsSingle();

    private Vector256<int> Int
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _v.AsInt32();
    }

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 8;
    }

    public static V256 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector256<float>.Zero);
    }

    public static V256 Indices
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector256<int>.Indices);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 Broadcast(float value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 BroadcastInt(int value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 Load(float* source) => new(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(V256 value, float* destination) => value._v.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 operator +(V256 a, V256 b) => new(a._v + b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 operator -(V256 a, V256 b) => new(a._v - b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 operator *(V256 a, V256 b) => new(a._v * b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 operator /(V256 a, V256 b) => new(a._v / b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 operator &(V256 a, V256 b) => new(a._v & b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 operator ^(V256 a, V256 b) => new(a._v ^ b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 MultiplyAdd(V256 a, V256 b, V256 c) => new(Vector256.MultiplyAddEstimate(a._v, b._v, c._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 Min(V256 a, V256 b) => new(Vector256.MinNative(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 Max(V256 a, V256 b) => new(Vector256.MaxNative(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 Sqrt(V256 a) => new(Vector256.Sqrt(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 Abs(V256 a) => new(Vector256.Abs(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 Round(V256 a) => new(Vector256.Round(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 LessThan(V256 a, V256 b) => new(Vector256.LessThan(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 Equal(V256 a, V256 b) => new(Vector256.Equals(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 Select(V256 mask, V256 yes, V256 no) => new(Vector256.ConditionalSelect(mask._v, yes._v, no._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 ToInt(V256 a) => new(Vector256.ConvertToInt32Native(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 AddInt(V256 a, V256 b) => new(a.Int + b.Int);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 MultiplyInt(V256 a, V256 b) => new(a.Int * b.Int);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 ShiftLeftInt(V256 a, int bits) => new(a.Int << bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 ShiftRightInt(V256 a, int bits) => new(a.Int >>> bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 LessThanInt(V256 a, V256 b) => new(Vector256.LessThan(a.Int, b.Int));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(V256 a) => Vector256.Sum(a._v);

    /// <summary>The hardware's vector.</summary>
    internal Vector256<float> Value
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _v;
    }

    // eight ones, eight zeros: read from 8 - count on, it is the mask of the first count lanes
    private static ReadOnlySpan<int> Ones => [-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Largest(V256 a) => V128.Largest(new V128(Vector128.MaxNative(a._v.GetLower(), a._v.GetUpper())));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 LoadPartial(float* source, int count)
    {
        if (Avx.IsSupported)
        {
            var mask = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(Ones), (nuint)(8 - count));
            return new(Avx.MaskLoad(source, mask.AsSingle()));
        }

        return count >= 4
            ? new(Vector256.Create(Vector128.Load(source), V128.LoadPartial(source + 4, count - 4).Value))
            : new(Vector256.Create(V128.LoadPartial(source, count).Value, Vector128<float>.Zero));
    }

    // not AVX's masked store: it is microcode on AMD
    public static void StorePartial(V256 value, float* destination, int count)
    {
        var part = value._v.GetLower();
        if (count >= 4)
        {
            part.Store(destination);
            destination += 4;
            part = value._v.GetUpper();
        }

        V128.StorePartial(new V128(part), destination, count & 3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTo(double* sums, V256 a)
    {
        var (low, high) = Vector256.Widen(a._v);
        (Vector256.Load(sums) + low).Store(sums);
        (Vector256.Load(sums + 4) + high).Store(sums + 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProductTo(double* sums, V256 a, V256 b)
    {
        var (aLow, aHigh) = Vector256.Widen(a._v);
        var (bLow, bHigh) = Vector256.Widen(b._v);
        (Vector256.Load(sums) + aLow * bLow).Store(sums);
        (Vector256.Load(sums + 4) + aHigh * bHigh).Store(sums + 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadBare(float* source) => Vector256.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> BroadcastBare(float value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplyAddBare(Vector256<float> a, Vector256<float> b, Vector256<float> c) =>
        Fma.IsSupported ? Fma.MultiplyAdd(a, b, c) : Vector256.MultiplyAddEstimate(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 Wrap(Vector256<float> value) => new(value);
}
