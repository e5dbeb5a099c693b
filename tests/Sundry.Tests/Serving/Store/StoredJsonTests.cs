using Sundry.Serving;

namespace Sundry.Tests;

public sealed class StoredJsonTests
{
    // the examples of RFC 7396 whose target and patch are objects
    [Theory]
    [InlineData("""{"a":"b"}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"b":"c"}""", """{"a":"b","b":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"a":null}""", "{}")]
    [InlineData("""{"a":"b","b":"c"}""", """{"a":null}""", """{"b":"c"}""")]
    [InlineData("""{"a":["b"]}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"c"}""", """{"a":["b"]}""", """{"a":["b"]}""")]
    [InlineData("""{"a":{"b":"c"}}""", """{"a":{"b":"d","c":null}}""", """{"a":{"b":"d"}}""")]
    [InlineData("""{"a":[{"b":"c"}]}""", """{"a":[1]}""", """{"a":[1]}""")]
    [InlineData("""{"e":null}""", """{"a":1}""", """{"e":null,"a":1}""")]
    [InlineData("{}", """{"a":{"bb":{"ccc":null}}}""", """{"a":{"bb":{}}}""")]
    [InlineData("""{"a":5}""", """{"a":{"b":1}}""", """{"a":{"b":1}}""")]
    public void A_patch_merges(string text, string patch, string expected) => Assert.Equal(expected, StoredJson.Patch(text, patch));

    [Fact]
    public void Numbers_stay_as_they_were_written() =>
        Assert.Equal("""{"price":3.50,"n":12345678901234567890}""", StoredJson.Compact("x", """{ "price": 3.50, "n": 12345678901234567890 }""", 100));
}
