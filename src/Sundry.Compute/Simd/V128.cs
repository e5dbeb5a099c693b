using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Sundry.Compute;

/// <summary>Four floats.</summary>
internal readonly unsafe struct V128 : IVector<V128>, IRegister<V128, Vector128<float>>
{
    private readonly Vector128<float> _v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal V128(Vector128<float> v) => _v = v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private V128(Vector128<int> v) => _v = v.AsSingle();

    private Vector128<int> Int
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _v.AsInt32();
    }

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 4;
    }

    public static V128 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector128<float>.Zero);
    }

    public static V128 Indices
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector128<int>.Indices);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 Broadcast(float value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 BroadcastInt(int value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 Load(float* source) => new(Vector128.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(V128 value, float* destination) => value._v.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 operator +(V128 a, V128 b) => new(a._v + b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 operator -(V128 a, V128 b) => new(a._v - b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 operator *(V128 a, V128 b) => new(a._v * b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 operator /(V128 a, V128 b) => new(a._v / b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 operator &(V128 a, V128 b) => new(a._v & b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 operator ^(V128 a, V128 b) => new(a._v ^ b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 MultiplyAdd(V128 a, V128 b, V128 c) => new(Vector128.MultiplyAddEstimate(a._v, b._v, c._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 Min(V128 a, V128 b) => new(Vector128.MinNative(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 Max(V128 a, V128 b) => new(Vector128.MaxNative(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 Sqrt(V128 a) => new(Vector128.Sqrt(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 Abs(V128 a) => new(Vector128.Abs(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 Round(V128 a) => new(Vector128.Round(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 LessThan(V128 a, V128 b) => new(Vector128.LessThan(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 Equal(V128 a, V128 b) => new(Vector128.Equals(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 Select(V128 mask, V128 yes, V128 no) => new(Vector128.ConditionalSelect(mask._v, yes._v, no._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 ToInt(V128 a) => new(Vector128.ConvertToInt32Native(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 AddInt(V128 a, V128 b) => new(a.Int + b.Int);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 MultiplyInt(V128 a, V128 b) => new(a.Int * b.Int);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 ShiftLeftInt(V128 a, int bits) => new(a.Int << bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 ShiftRightInt(V128 a, int bits) => new(a.Int >>> bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 LessThanInt(V128 a, V128 b) => new(Vector128.LessThan(a.Int, b.Int));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(V128 a) => Vector128.Sum(a._v);

    /// <summary>The hardware's vector.</summary>
    internal Vector128<float> Value
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _v;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Largest(V128 a)
    {
        var pairs = Vector128.MaxNative(a._v, Vector128.Shuffle(a._v, Vector128.Create(2, 3, 0, 1)));
        return Vector128.MaxNative(pairs, Vector128.Shuffle(pairs, Vector128.Create(1, 0, 3, 2)))[0];
    }

    public static V128 LoadPartial(float* source, int count) => count switch
    {
        0 => Zero,
        1 => new(Vector128.CreateScalar(*source)),
        2 => new(Vector128.Create(source[0], source[1], 0f, 0f)),
        _ => new(Vector128.Create(source[0], source[1], source[2], 0f)),
    };

    public static void StorePartial(V128 value, float* destination, int count)
    {
        if (count > 0) destination[0] = value._v[0];
        if (count > 1) destination[1] = value._v[1];
        if (count > 2) destination[2] = value._v[2];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTo(double* sums, V128 a)
    {
        var (low, high) = Vector128.Widen(a._v);
        (Vector128.Load(sums) + low).Store(sums);
        (Vector128.Load(sums + 2) + high).Store(sums + 2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProductTo(double* sums, V128 a, V128 b)
    {
        var (aLow, aHigh) = Vector128.Widen(a._v);
        var (bLow, bHigh) = Vector128.Widen(b._v);
        (Vector128.Load(sums) + aLow * bLow).Store(sums);
        (Vector128.Load(sums + 2) + aHigh * bHigh).Store(sums + 2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadBare(float* source) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> BroadcastBare(float value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyAddBare(Vector128<float> a, Vector128<float> b, Vector128<float> c) =>
        Fma.IsSupported ? Fma.MultiplyAdd(a, b, c) : Vector128.MultiplyAddEstimate(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 Wrap(Vector128<float> value) => new(value);
}
