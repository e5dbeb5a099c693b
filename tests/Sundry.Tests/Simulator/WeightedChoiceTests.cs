using Sundry.Simulator;

namespace Sundry.Tests.Simulator;

public sealed class WeightedChoiceTests
{
    [Fact]
    public void Draws_in_proportion_to_the_weights()
    {
        double[] weights = [1, 0, 3, 6, 0.5];
        var choice = new WeightedChoice(weights);
        var draws = new SeededStream(1, Purpose.Days, 0);
        var counts = new int[weights.Length];
        const int Count = 200_000;
        for (var i = 0; i < Count; i++) counts[choice.Draw(ref draws)]++;

        Assert.Equal(0, counts[1]);
        for (var i = 0; i < weights.Length; i++) Assert.Equal(weights[i] / weights.Sum(), counts[i] / (double)Count, 0.005);
    }

    [Fact]
    public void One_weight_is_always_drawn()
    {
        var draws = new SeededStream(1, Purpose.Days, 0);
        Assert.Equal(0, new WeightedChoice([2.5]).Draw(ref draws));
    }
}
