using Sundry.Data;

namespace Sundry.Tests;

public class NearestNameTests
{
    [Theory]
    [InlineData("trian", "train")]
    [InlineData("Train", "train")]
    [InlineData("tset", "test")]
    [InlineData("rate", "learning_rate")]
    [InlineData("validatoin", "validation")]
    [InlineData("completely_else", null)]
    [InlineData("xyz", null)]
    public void The_nearest_name_is_found_or_none(string name, string? expected) =>
        Assert.Equal(expected, NearestName.Of(name, ["train", "test", "validation", "learning_rate", "split"]));
}
