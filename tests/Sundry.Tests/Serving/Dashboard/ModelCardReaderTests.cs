using Sundry.Data;
using Sundry.Serving;

namespace Sundry.Tests.Serving;

public sealed class ModelCardReaderTests
{
    [Fact]
    public void A_folder_that_is_no_model_is_named()
    {
        using var folder = new TemporaryFolder();
        var problem = Assert.Throws<InputException>(() => ModelCardReader.Read(folder.Root, "m"));
        Assert.Contains("copy the whole model folder again", problem.Message, StringComparison.Ordinal);
    }
}
