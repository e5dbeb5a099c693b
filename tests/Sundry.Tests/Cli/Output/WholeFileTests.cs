using System.Text;
using Sundry.Cli;
using Sundry.Data;

namespace Sundry.Tests.Cli;

public sealed class WholeFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_appears_when_it_is_whole_with_its_folder()
    {
        var place = _folder.Path("new/folder/file.txt");
        var result = WholeFile.Write(place, stream =>
        {
            stream.Write("half"u8);
            Assert.False(File.Exists(place));
            return 7;
        });
        Assert.Equal(7, result);
        Assert.Equal("half", File.ReadAllText(place));
        WholeFile.Write(place, "other – text");
        Assert.Equal("other – text"u8.ToArray(), File.ReadAllBytes(place));
        Assert.Equal([place], Directory.GetFiles(_folder.Path("new/folder")));
    }

    [Fact]
    public void What_fails_or_is_cancelled_leaves_the_file_that_was_there()
    {
        var place = _folder.Write("file.txt", "old");
        Assert.Throws<OperationCanceledException>(() => WholeFile.Write<int>(place, stream =>
        {
            stream.Write(Encoding.UTF8.GetBytes("new"));
            throw new OperationCanceledException();
        }));
        var refused = Assert.Throws<InputException>(() => WholeFile.Write<int>(place, _ => throw new IOException("No space left on device.")));
        Assert.Equal(place + ": it cannot be written (No space left on device); free space or give another --out", refused.Message);
        Assert.Equal("old", File.ReadAllText(place));
        Assert.Equal([place], Directory.GetFiles(_folder.Root));
    }
}
