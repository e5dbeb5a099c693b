using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Sundry.Compute;

/// <summary>
/// Products of bytes. They are whole numbers, so every width gives the same scores to the bit. On x86 the multiplication of bytes takes one of its factors unsigned
/// and saturates its sums of two at 32767: |query| times the row with the query's sign stays below, at 2·127². With 64 columns a
/// core has several times the speed that memory can follow, so wider registers than 256 bits are not used.
/// </summary>
internal static class ByteProducts
{
    /// <summary>Eight rows a register.</summary>
    internal readonly unsafe struct Wide : IByteProducts
    {
        // asked for in step with the work; farther ahead, or a block at once, was slower
        private const int PrefetchBytes = 1024;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static uint Above(sbyte* block, int groups, int* query, int* sizes, float* scores, float threshold)
        {
            Vector256<int> a = default, b = default, c = default, d = default;
            var ones = Vector256.Create((short)1);
            for (var g = 0; g < groups; g++)
            {
                var q = Vector256.Create(query[g]).AsSByte();
                var size = Vector256.Create(sizes[g]).AsByte();
                a += Sums(Vector256.Load(block), q, size, ones);
                b += Sums(Vector256.Load(block + 32), q, size, ones);
                c += Sums(Vector256.Load(block + 64), q, size, ones);
                d += Sums(Vector256.Load(block + 96), q, size, ones);
                Sse.Prefetch0(block + PrefetchBytes);
                Sse.Prefetch0(block + PrefetchBytes + 64);
                block += ByteBlock.GroupBytes;
            }

            var scales = (float*)block;
            var limit = Vector256.Create(threshold);
            return Finish(a, scales, scores, limit)
                | (Finish(b, scales + 8, scores + 8, limit) << 8)
                | (Finish(c, scales + 16, scores + 16, limit) << 16)
                | (Finish(d, scales + 24, scores + 24, limit) << 24);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector256<int> Sums(Vector256<sbyte> rows, Vector256<sbyte> query, Vector256<byte> sizes, Vector256<short> ones) =>
            Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(sizes, Avx2.Sign(rows, query)), ones);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static uint Finish(Vector256<int> sums, float* scales, float* scores, Vector256<float> limit)
        {
            var score = Vector256.ConvertToSingle(sums) * Vector256.Load(scales);
            score.Store(scores);
            return Vector256.GreaterThan(score, limit).ExtractMostSignificantBits();
        }
    }

    /// <summary>Four rows a register.</summary>
    internal readonly unsafe struct Narrow : IByteProducts
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static uint Above(sbyte* block, int groups, int* query, int* sizes, float* scores, float threshold)
        {
            var scales = ByteBlock.Scales(block, groups);
            var limit = Vector128.Create(threshold);
            uint above = 0;
            for (var first = 0; first < ByteBlock.Rows; first += 8)
            {
                Vector128<int> a = default, b = default;
                var rows = block + first * 4;
                for (var g = 0; g < groups; g++)
                {
                    var q = Vector128.Create(query[g]).AsSByte();
                    var size = Vector128.Create(sizes[g]).AsByte();
                    a = Add(a, Vector128.Load(rows), q, size);
                    b = Add(b, Vector128.Load(rows + 16), q, size);
                    rows += ByteBlock.GroupBytes;
                }

                above |= Finish(a, scales + first, scores + first, limit) << first;
                above |= Finish(b, scales + first + 4, scores + first + 4, limit) << (first + 4);
            }

            return above;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector128<int> Add(Vector128<int> sums, Vector128<sbyte> rows, Vector128<sbyte> query, Vector128<byte> sizes)
        {
            if (Dp.IsSupported) return Dp.DotProduct(sums, rows, query);
            if (Ssse3.IsSupported) return sums + Sse2.MultiplyAddAdjacent(Ssse3.MultiplyAddAdjacent(sizes, Ssse3.Sign(rows, query)), Vector128<short>.One);
            var (low, high) = (Pairs(Vector128.WidenLower(rows) * Vector128.WidenLower(query)), Pairs(Vector128.WidenUpper(rows) * Vector128.WidenUpper(query)));
            return sums + Vector128.Narrow(Halves(low), Halves(high));
        }

        // neighbouring lanes added: the upper one is the sign-extended half of a wider lane, the lower one its rest
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector128<int> Pairs(Vector128<short> products) => (products.AsInt32() >> 16) + ((products.AsInt32() << 16) >> 16);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector128<long> Halves(Vector128<int> pairs) => (pairs.AsInt64() >> 32) + ((pairs.AsInt64() << 32) >> 32);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static uint Finish(Vector128<int> sums, float* scales, float* scores, Vector128<float> limit)
        {
            var score = Vector128.ConvertToSingle(sums) * Vector128.Load(scales);
            score.Store(scores);
            return Vector128.GreaterThan(score, limit).ExtractMostSignificantBits();
        }
    }

    /// <summary>One row after the other: the twin of the others.</summary>
    internal readonly unsafe struct Scalar : IByteProducts
    {
        public static uint Above(sbyte* block, int groups, int* query, int* sizes, float* scores, float threshold)
        {
            var scales = ByteBlock.Scales(block, groups);
            var bytes = (sbyte*)query;
            uint above = 0;
            for (var row = 0; row < ByteBlock.Rows; row++)
            {
                var sum = 0;
                for (var g = 0; g < groups; g++)
                    for (var i = 0; i < 4; i++)
                        sum += block[g * ByteBlock.GroupBytes + row * 4 + i] * bytes[4 * g + i];
                scores[row] = sum * scales[row];
                if (scores[row] > threshold) above |= 1u << row;
            }

            return above;
        }
    }
}
