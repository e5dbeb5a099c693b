namespace Sundry.Compute;

/// <summary>
/// The vector of an <see cref="IVector{V}"/> without its wrapper, <typeparamref name="T"/> being the runtime's own type: for the one loop in
/// which every instruction counts. The JIT keeps a bare sum in its register from product to product; a wrapped one it copies each time.
/// </summary>
internal unsafe interface IRegister<V, T> where V : struct, IVector<V> where T : struct
{
    static abstract T LoadBare(float* source);

    static abstract T BroadcastBare(float value);

    /// <summary>a·b + c, fused where the hardware can.</summary>
    static abstract T MultiplyAddBare(T a, T b, T c);

    static abstract V Wrap(T value);
}
