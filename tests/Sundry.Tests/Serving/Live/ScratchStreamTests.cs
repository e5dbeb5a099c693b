using Sundry.Compute;
using Sundry.Serving;

namespace Sundry.Tests;

public sealed class ScratchStreamTests
{
    [Fact]
    public void What_was_written_is_read_across_blocks()
    {
        using var stream = new ScratchStream(123_456);
        var bytes = new byte[1_000_003];
        new Random(1).NextBytes(bytes);
        const int pieces = 70;
        for (var i = 0; i < pieces; i++) stream.Write(bytes);
        Assert.Equal((long)pieces * bytes.Length, stream.Length);
        Assert.True(stream.Length > NativeBytes.Least);
        // over what is there, across the border of two blocks
        stream.Position = NativeBytes.Least - 5;
        stream.Write("0123456789"u8);
        stream.Position = NativeBytes.Least - 5;
        var read = new byte[10];
        stream.ReadExactly(read);
        Assert.Equal("0123456789"u8, read);
        stream.Seek(-bytes.Length, SeekOrigin.End);
        var last = new byte[bytes.Length];
        stream.ReadExactly(last);
        Assert.Equal(bytes, last);
        Assert.Equal(0, stream.Read(read));
        stream.Clear();
        Assert.Equal(0, stream.Length);
        Assert.Equal(-1, stream.ReadByte());
    }

    [Fact]
    public void A_part_is_a_stream_of_its_own()
    {
        using var whole = new MemoryStream([0, 1, 2, 3, 4, 5, 6, 7]);
        using var part = new StreamPart(whole, 2, 4);
        var read = new byte[8];
        Assert.Equal(4, part.Read(read));
        Assert.Equal([2, 3, 4, 5], read[..4]);
        Assert.Equal(0, part.Read(read));
        part.Position = 1;
        whole.Position = 0;
        Assert.Equal(3, part.ReadByte());
        Assert.Equal(2, part.Position);
    }
}
