using Sundry.Data;
using Sundry.Serving;

namespace Sundry.Tests;

/// <summary>Where to listen, as people write it.</summary>
public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("127.0.0.1:8080", "127.0.0.1:8080", true)]
    [InlineData("localhost:80", "127.0.0.1:80", true)]
    [InlineData("9000", "127.0.0.1:9000", true)]
    [InlineData(":9000", "127.0.0.1:9000", true)]
    [InlineData("[::1]:1", "[::1]:1", true)]
    [InlineData("0.0.0.0:8080", "0.0.0.0:8080", false)]
    [InlineData("[::]:8080", "[::]:8080", false)]
    public void Addresses_are_read(string text, string address, bool loopback)
    {
        var read = ListenAddress.Parse(text);
        Assert.Equal((address, loopback), (read.ToString(), read.IsLoopback));
    }

    [Theory]
    [InlineData("")]
    [InlineData("example.com:80")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("127.0.0.1:-1")]
    [InlineData("::1:80")]
    [InlineData("127.0.0.1:x")]
    public void Others_are_refused(string text) => Assert.Throws<InputException>(() => ListenAddress.Parse(text));
}
