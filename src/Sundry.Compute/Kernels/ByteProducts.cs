using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Sundry.Compute;

/// <summary>
/// Products of half bytes with bytes. They are whole numbers, so every width gives the same scores to the bit. On x86 the multiplication of bytes takes one of its
/// factors unsigned, which half bytes are, and adds up two in 16 bits: at most 2·15·127, so eight of these still fit. With 64 columns a
/// core has a multiple of the speed that memory can follow, so wider registers than 256 bits are not used.
/// </summary>
internal static class ByteProducts
{
    /// <summary>Eight rows a register.</summary>
    internal readonly unsafe struct Wide : IByteProducts
    {
        // asked for in step with the work; farther ahead, or a block at once, was slower
        private const int PrefetchBytes = 1024;

        // of two multiplications each: what 16 bits hold
        private const int StripsOfShorts = 4;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static uint Near(byte* high, in ByteQuery query, float spread, float threshold, int* sums)
        {
            int* firsts = query.First, seconds = query.Second;
            var strips = query.Strips;
            Vector256<int> a = Vector256.Create(query.Start), b = a, c = a, d = a;
            var half = Vector256.Create((byte)15);
            for (var s = 0; s < strips;)
            {
                Vector256<short> e = default, f = default, g = default, h = default;
                for (var end = Math.Min(s + StripsOfShorts, strips); s < end; s++)
                {
                    var first = Vector256.Create(firsts[s]).AsSByte();
                    var second = Vector256.Create(seconds[s]).AsSByte();
                    e += Sums(Vector256.Load(high), first, second, half);
                    f += Sums(Vector256.Load(high + 32), first, second, half);
                    g += Sums(Vector256.Load(high + 64), first, second, half);
                    h += Sums(Vector256.Load(high + 96), first, second, half);
                    Sse.Prefetch0(high + PrefetchBytes);
                    Sse.Prefetch0(high + PrefetchBytes + 64);
                    high += ByteBlock.StripBytes;
                }

                a += Avx2.MultiplyAddAdjacent(e, Vector256<short>.One);
                b += Avx2.MultiplyAddAdjacent(f, Vector256<short>.One);
                c += Avx2.MultiplyAddAdjacent(g, Vector256<short>.One);
                d += Avx2.MultiplyAddAdjacent(h, Vector256<short>.One);
            }

            var scales = (float*)high;
            var most = Vector256.Create(query.Most(spread));
            var limit = Vector256.Create(threshold);
            return Finish(a, scales, sums, most, limit)
                | (Finish(b, scales + 8, sums + 8, most, limit) << 8)
                | (Finish(c, scales + 16, sums + 16, most, limit) << 16)
                | (Finish(d, scales + 24, sums + 24, most, limit) << 24);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static int Low(byte* low, in ByteQuery query) => Narrow.Low(low, query);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector256<short> Sums(Vector256<byte> halves, Vector256<sbyte> first, Vector256<sbyte> second, Vector256<byte> half) =>
            Avx2.MultiplyAddAdjacent(halves & half, first) + Avx2.MultiplyAddAdjacent((halves.AsUInt16() >>> 4).AsByte() & half, second);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static uint Finish(Vector256<int> sum, float* scales, int* sums, Vector256<int> most, Vector256<float> limit)
        {
            sum.Store(sums);
            return Vector256.GreaterThan(Vector256.ConvertToSingle((sum << 4) + most) * Vector256.Load(scales), limit).ExtractMostSignificantBits();
        }
    }

    /// <summary>Four rows a register.</summary>
    internal readonly unsafe struct Narrow : IByteProducts
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static uint Near(byte* high, in ByteQuery query, float spread, float threshold, int* sums)
        {
            var scales = ByteBlock.Scales(high, query.Strips);
            var most = Vector128.Create(query.Most(spread));
            var limit = Vector128.Create(threshold);
            uint near = 0;
            for (var row = 0; row < ByteBlock.Rows; row += 4)
            {
                var sum = Vector128.Create(query.Start);
                var halves = high + row * 4;
                for (var s = 0; s < query.Strips; s++, halves += ByteBlock.StripBytes)
                    sum = Add(sum, Vector128.Load(halves), Vector128.Create(query.First[s]).AsSByte(), Vector128.Create(query.Second[s]).AsSByte());
                sum.Store(sums + row);
                near |= Vector128.GreaterThan(Vector128.ConvertToSingle((sum << 4) + most) * Vector128.Load(scales + row), limit).ExtractMostSignificantBits() << row;
            }

            return near;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static int Low(byte* low, in ByteQuery query)
        {
            var sum = Vector128<int>.Zero;
            var s = 0;
            for (; s + 4 <= query.Strips; s += 4)
                sum = Add(sum, Vector128.Load(low + 4 * s), Vector128.Load(query.First + s).AsSByte(), Vector128.Load(query.Second + s).AsSByte());
            for (; s < query.Strips; s++)
                sum = Add(sum, Vector128.CreateScalar(((int*)low)[s]).AsByte(), Vector128.CreateScalar(query.First[s]).AsSByte(), Vector128.CreateScalar(query.Second[s]).AsSByte());
            return Vector128.Sum(sum);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector128<int> Add(Vector128<int> sums, Vector128<byte> halves, Vector128<sbyte> first, Vector128<sbyte> second) =>
            Add(Add(sums, halves & Vector128.Create((byte)15), first), (halves.AsUInt16() >>> 4).AsByte() & Vector128.Create((byte)15), second);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector128<int> Add(Vector128<int> sums, Vector128<byte> halves, Vector128<sbyte> query)
        {
            if (Dp.IsSupported) return Dp.DotProduct(sums, halves.AsSByte(), query);
            if (Ssse3.IsSupported) return sums + Sse2.MultiplyAddAdjacent(Ssse3.MultiplyAddAdjacent(halves, query), Vector128<short>.One);
            var rows = halves.AsSByte();
            var (low, high) = (Pairs(Vector128.WidenLower(rows) * Vector128.WidenLower(query)), Pairs(Vector128.WidenUpper(rows) * Vector128.WidenUpper(query)));
            return sums + Vector128.Narrow(Halves(low), Halves(high));
        }

        // neighbouring lanes added: the upper one is the sign-extended half of a wider lane, the lower one its rest
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector128<int> Pairs(Vector128<short> products) => (products.AsInt32() >> 16) + ((products.AsInt32() << 16) >> 16);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector128<long> Halves(Vector128<int> pairs) => (pairs.AsInt64() >> 32) + ((pairs.AsInt64() << 32) >> 32);
    }

    /// <summary>One row after the other: the twin of the others.</summary>
    internal readonly unsafe struct Scalar : IByteProducts
    {
        public static uint Near(byte* high, in ByteQuery query, float spread, float threshold, int* sums)
        {
            var scales = ByteBlock.Scales(high, query.Strips);
            uint near = 0;
            for (var row = 0; row < ByteBlock.Rows; row++)
            {
                sums[row] = query.Start + Sum(high + row * 4, ByteBlock.StripBytes, query);
                if ((16 * sums[row] + query.Most(spread)) * scales[row] > threshold) near |= 1u << row;
            }

            return near;
        }

        public static int Low(byte* low, in ByteQuery query) => Sum(low, 4, query);

        private static int Sum(byte* halves, int stripBytes, in ByteQuery query)
        {
            var sum = 0;
            for (var s = 0; s < query.Strips; s++)
                for (var i = 0; i < 4; i++)
                    sum += (halves[s * stripBytes + i] & 15) * ((sbyte*)query.First)[4 * s + i] + (halves[s * stripBytes + i] >> 4) * ((sbyte*)query.Second)[4 * s + i];
            return sum;
        }
    }
}
