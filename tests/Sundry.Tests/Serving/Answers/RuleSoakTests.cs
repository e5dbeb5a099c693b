using Sundry.Serving;

namespace Sundry.Tests;

public sealed class RuleSoakTests
{
    [Fact]
    public async Task No_answer_that_began_after_a_change_goes_against_it()
    {
        var result = await AnswerSoak.Run(new AnswerSoakOptions { Requests = 3000, Items = 300, Users = 40, Callers = 3 });
        Assert.Equal(0, result.Broken);
        Assert.Equal(0, result.Empty);
        Assert.Equal(3000, result.Requests);
        Assert.InRange(result.Changes, 3000 / 20, int.MaxValue);
    }
}
