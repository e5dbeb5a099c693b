using Sundry.Cli;
using Sundry.Tests.House;

namespace Sundry.Tests.Cli;

public sealed class SchemaVerbTests
{
    [Fact]
    public void The_reference_page_says_what_the_program_says()
    {
        var page = File.ReadAllText(Checkout.Of("docs", "configuration.md"));
        Assert.True(page.TrimEnd() == SchemaVerb.Reference.TrimEnd(), "docs/configuration.md is out of date; write it anew: sundry schema --markdown > docs/configuration.md");
    }
}
