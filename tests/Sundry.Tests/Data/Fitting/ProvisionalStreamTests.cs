using Sundry.Data;

namespace Sundry.Tests;

public sealed class ProvisionalStreamTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1 << 19)]
    [InlineData(1 << 20)]
    [InlineData(3_000_001)]
    public void What_was_written_is_read_each_time(int length)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        using (var file = new ProvisionalStream(_folder.Path("p")))
        {
            for (int at = 0, part = 1; at < length; at += part, part = part * 7 % 100_003 + 1) file.Write(bytes.AsSpan(at, Math.Min(part, length - at)));
            for (int pass = 0; pass < 3; pass++)
            {
                file.Rewind();
                // one pass is given up in the middle
                var read = new byte[pass == 1 ? length / 2 : length];
                file.ReadExactly(read);
                Assert.True(bytes.AsSpan(0, read.Length).SequenceEqual(read));
                if (pass != 1) Assert.Equal(0, file.Read(new byte[1]));
            }
        }

        Assert.False(File.Exists(_folder.Path("p")));
    }

    [Fact]
    public void What_was_not_read_yet_is_no_obstacle_to_ending()
    {
        var file = new ProvisionalStream(_folder.Path("p"));
        file.Write(new byte[2_000_000]);
        file.Dispose();
        Assert.Empty(Directory.GetFiles(_folder.Root));
    }
}
