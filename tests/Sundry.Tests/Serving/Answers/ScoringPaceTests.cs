using Sundry.Serving;

namespace Sundry.Tests;

public sealed class ScoringPaceTests
{
    [Fact]
    public void The_way_that_took_less_is_taken_and_the_other_tried_now_and_then()
    {
        foreach (var divided in (bool[])[true, false])
        {
            var pace = new ScoringPace();
            Assert.InRange(Count(pace, divided, 320), 280, 310);
            // and the other way round, once things have changed
            Assert.InRange(Count(pace, !divided, 3200), 2500, 3100);
        }
    }

    [Fact]
    public void One_thread_that_was_put_aside_for_long_does_not_decide_alone()
    {
        var pace = new ScoringPace();
        Count(pace, true, 320);
        pace.Learn(true, 1_000_000_000, 200);
        Assert.InRange(Count(pace, true, 160), 130, 155);
    }

    // how often it chose the way that takes two thirds of the time
    private static int Count(ScoringPace pace, bool faster, int times)
    {
        var chosen = 0;
        for (var i = 0; i < times; i++)
        {
            var divides = pace.Divides();
            if (divides == faster) chosen++;
            pace.Learn(divides, divides == faster ? 20_000 : 30_000, 200);
        }

        return chosen;
    }
}
