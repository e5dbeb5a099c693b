using Sundry.Compute;

namespace Sundry.Tests;

public sealed class VectorRowsTests
{
    [Fact]
    public void Changes_are_those_of_a_dictionary()
    {
        const int width = 5;
        var random = new Random(3);
        using var rows = new VectorRows(width);
        var model = new Dictionary<int, float[]>();
        var read = new float[width];
        for (var step = 0; step < 400; step++)
        {
            var numbers = Enumerable.Range(0, random.Next(1, 40)).Select(_ => random.Next(3000)).ToArray();
            if (random.Next(3) == 0)
            {
                rows.Remove(numbers);
                foreach (var row in numbers) model.Remove(row);
            }
            else
            {
                var vectors = RowSearchTests.Draw(random, numbers.Length * width);
                rows.Set(numbers, vectors);
                for (var i = 0; i < numbers.Length; i++) model[numbers[i]] = vectors[(i * width)..((i + 1) * width)];
            }

            Assert.Equal(model.Count, rows.Count);
        }

        for (var row = 0; row < 3100; row++)
        {
            Assert.Equal(model.ContainsKey(row), rows.TryRead(row, read));
            if (model.TryGetValue(row, out var expected)) Assert.Equal(expected, read);
        }
    }

    [Fact]
    public void What_cannot_be_kept_changes_nothing()
    {
        using var rows = new VectorRows(2);
        rows.Set(1, [1, 2]);
        Assert.Throws<ArgumentException>(() => rows.Set([1, 2], [1, 2, 3]));
        Assert.Throws<ArgumentException>(() => rows.Set(1, [1, float.PositiveInfinity]));
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.Set(-1, [1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.Remove(VectorRows.MostRows));
        rows.Remove(5_000_000);
        var read = new float[2];
        Assert.True(rows.TryRead(1, read));
        Assert.Equal([1f, 2f], read);
        Assert.Equal(1, rows.Count);
    }

    /// <summary>A writer rewrites all rows with one number, over and over: a search that saw two numbers would have seen half of a change.</summary>
    [Fact]
    public void Readers_see_all_of_a_change_or_nothing()
    {
        const int width = 8, count = 1500;
        using var rows = new VectorRows(width);
        int[] numbers = [.. Enumerable.Range(0, count)];
        rows.Set(numbers, Vectors(1));
        using var stop = new CancellationTokenSource();
        var searches = 0;
        var wrong = 0;
        var readers = Enumerable.Range(0, 3).Select(r => new Thread(() =>
        {
            var search = new RowSearch { Oversampling = 1 };
            var (found, scores) = (new int[count], new float[count]);
            while (!stop.IsCancellationRequested)
            {
                var n = search.Find(rows, [1, 1, 1, 1, 1, 1, 1, 1], count, [], found, scores);
                if (n != count || scores.AsSpan().ContainsAnyExcept(scores[0])) Interlocked.Increment(ref wrong);
                Interlocked.Increment(ref searches);
            }
        })).ToArray();
        foreach (var reader in readers) reader.Start();
        for (var version = 2; version < 400 || Volatile.Read(ref searches) < 200; version++) rows.Set(numbers, Vectors(version % 100));
        stop.Cancel();
        foreach (var reader in readers) reader.Join();
        Assert.Equal(0, wrong);

        float[] Vectors(int value)
        {
            var vectors = new float[count * width];
            Array.Fill(vectors, value);
            return vectors;
        }
    }
}
