using System.Text;
using Sundry.Data;

namespace Sundry.Tests;

public sealed class GzipTextTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(65_536)]
    [InlineData(300_000)]
    public void A_whole_file_inflates_to_its_text(int length)
    {
        var text = Text(length);
        Assert.Equal(text, Inflate(TableReaderTests.Gzip(text)));
        Assert.Equal(text + text, Inflate([.. TableReaderTests.Gzip(text), .. TableReaderTests.Gzip(text)]));
    }

    [Fact]
    public void A_cut_at_any_byte_is_noticed()
    {
        var bytes = TableReaderTests.Gzip(Text(3000));
        for (int length = 1; length < bytes.Length; length++) Assert.Throws<InvalidDataException>(() => Inflate(bytes[..length]));
    }

    private static string Text(int length)
    {
        var random = new Random(length);
        return string.Concat(Enumerable.Range(0, length).Select(_ => (char)('a' + random.Next(20))));
    }

    private static string Inflate(byte[] bytes)
    {
        using var stream = new GzipText(new MemoryStream(bytes));
        using var text = new MemoryStream();
        stream.CopyTo(text);
        return Encoding.UTF8.GetString(text.ToArray());
    }
}
