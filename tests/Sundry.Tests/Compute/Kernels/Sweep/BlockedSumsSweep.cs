using Sundry.Compute;

namespace Sundry.Tests;

internal static unsafe class BlockedSumsSweep
{
    public static IReadOnlyList<(string Name, Action Run)> All { get; } = [("BlockedSums", Sweep)];

    private static void Sweep()
    {
        foreach (var relu in (bool[])[false, true])
        {
            for (var width = 1; width <= 150; width++) Add(3, width, 0, width, 5, 3, relu);
            foreach (var (from, to) in ((int, int)[])[(16, 40), (0, 32), (64, 128), (48, 131), (128, 131)]) Add(2, 131, from, to, 7, 2, relu);
            Add(0, 70, 0, 70, 4, 2, relu);
            Add(2, 70, 0, 70, 4, 0, relu);
        }
    }

    private static void Add(int rows, int width, int from, int to, int tableRows, int count, bool relu)
    {
        var (ldy, ldn) = (width + 3, count + 1);
        using var table = Check.Random(tableRows * BlockedSums.Padded(width), width);
        using var y = Check.Random(Math.Max(0, (rows - 1) * ldy + width), width + 1);
        int[] named = [.. Enumerable.Range(0, rows * ldn).Select(i => i * 5 % tableRows)];
        var expected = y.ToArray().Select(v => (double)v).ToArray();
        for (var r = 0; r < rows; r++)
            for (var c = from; c < to; c++)
            {
                var start = c / BlockedSums.Block * BlockedSums.Block;
                var sum = expected[r * ldy + c];
                for (var i = 0; i < count; i++) sum += table.Span[tableRows * start + named[r * ldn + i] * BlockedSums.Stride(width, start) + c - start];
                expected[r * ldy + c] = relu ? Math.Max(0, sum) : sum;
            }

        fixed (int* first = named) BlockedSums.Add(y, ldy, from, to, table, width, tableRows, first, ldn, count, rows, relu);
        Check.Near("y", expected, y.Span, 1e-6, 4);
    }
}
