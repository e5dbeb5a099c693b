using System.Runtime.CompilerServices;

namespace Sundry.Compute;

/// <summary>One float: the width of a machine without vectors, and of the plainest reading of every kernel.</summary>
internal readonly unsafe struct V1 : IVector<V1>, IRegister<V1, float>
{
    private readonly float _v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private V1(float v) => _v = v;

    private int Int
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => BitConverter.SingleToInt32Bits(_v);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V1 Bits(int bits) => new(BitConverter.Int32BitsToSingle(bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V1 Mask(bool condition) => Bits(condition ? -1 : 0);

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 1;
    }

    public static V1 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(0f);
    }

    public static V1 Indices
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(BitConverter.Int32BitsToSingle(0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V1 Broadcast(float value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V1 BroadcastInt(int value) => Bits(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V1 Load(float* source) => new(*source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(V1 value, float* destination) => *destination = value._v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V1 LoadPartial(float* source, int count) => new(0f);

    public static void StorePartial(V1 value, float* destination, int count)
    {
        // count is less than one
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V1 operator +(V1 a, V1 b) => new(a._v + b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V1 operator -(V1 a, V1 b) => new(a._v - b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V1 operator *(V1 a, V1 b) => new(a._v * b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V1 operator /(V1 a, V1 b) => new(a._v / b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V1 operator &(V1 a, V1 b) => Bits(a.Int & b.Int);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V1 operator ^(V1 a, V1 b) => Bits(a.Int ^ b.Int);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V1 MultiplyAdd(V1 a, V1 b, V1 c) => new(a._v * b._v + c._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V1 Min(V1 a, V1 b) => new(a._v < b._v ? a._v : b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V1 Max(V1 a, V1 b) => new(a._v > b._v ? a._v : b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V1 Sqrt(V1 a) => new(MathF.Sqrt(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V1 Abs(V1 a) => new(MathF.Abs(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V1 Round(V1 a) => new(MathF.Round(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V1 LessThan(V1 a, V1 b) => Mask(a._v < b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V1 Equal(V1 a, V1 b) => Mask(a._v == b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V1 Select(V1 mask, V1 yes, V1 no) => mask.Int != 0 ? yes : no;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V1 ToInt(V1 a) => Bits((int)a._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V1 AddInt(V1 a, V1 b) => Bits(a.Int + b.Int);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V1 MultiplyInt(V1 a, V1 b) => Bits(a.Int * b.Int);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V1 ShiftLeftInt(V1 a, int bits) => Bits(a.Int << bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V1 ShiftRightInt(V1 a, int bits) => Bits(a.Int >>> bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V1 LessThanInt(V1 a, V1 b) => Mask(a.Int < b.Int);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(V1 a) => a._v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Largest(V1 a) => a._v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTo(double* sums, V1 a) => *sums += a._v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProductTo(double* sums, V1 a, V1 b) => *sums += (double)a._v * b._v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LoadBare(float* source) => *source;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float BroadcastBare(float value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MultiplyAddBare(float a, float b, float c) => a * b + c;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V1 Wrap(float value) => new(value);
}
