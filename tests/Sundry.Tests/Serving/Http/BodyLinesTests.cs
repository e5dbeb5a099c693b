using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Sundry.Serving;

namespace Sundry.Tests;

/// <summary>Lines come whole however they were cut on the way.</summary>
public sealed class BodyLinesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public async Task Lines_come_whole_and_long_ones_are_passed_over(int part)
    {
        var text = $"one\n\n{new string('x', 50)}\nfour\r\n{new string('y', 41)}\nsix";
        var got = new List<string>();
        await Lines(text, part, most: 1_000).Each((number, line, cut) =>
        {
            got.Add($"{number}:{(cut ? "cut" : Encoding.UTF8.GetString(line.ToArray()).TrimEnd())}");
            return ValueTask.FromResult(true);
        }, default);
        Assert.Equal(["1:one", "3:cut", "4:four", "5:cut", "6:six"], got);
    }

    [Fact]
    public async Task Too_many_bytes_are_refused_and_nothing_is_read_after_no()
    {
        var e = await Assert.ThrowsAsync<ProblemException>(() => Lines(new string('x', 500), 10, most: 100).Each((_, _, _) => ValueTask.FromResult(true), default));
        Assert.Equal(413, e.Problem.Status);
        var seen = 0;
        await Lines("a\nb\nc\n", 1, most: 100).Each((_, _, _) => ValueTask.FromResult(++seen < 2), default);
        Assert.Equal(2, seen);
    }

    private static BodyLines Lines(string text, int part, long most) => new(PipeReader.Create(new Dripping(Encoding.UTF8.GetBytes(text), part)), most, longest: 40);

    private sealed class Dripping(byte[] bytes, int part) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => base.ReadAsync(buffer[..Math.Min(part, buffer.Length)], cancellationToken);
    }
}
