using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class DeadExpertsTests
{
    [Fact]
    public void An_expert_is_dead_where_no_gate_of_its_level_leans_on_it()
    {
        GateUse[] gates =
        [
            new(1, "a", ["own a", "shared"], [.999, .001], 0),
            new(1, "b", ["own b", "shared"], [.5, .5], 0),
            new(2, "a", ["own a", "shared"], [.96, .04], 0),
            new(2, "b", ["own b", "shared"], [.98, .02], 0),
        ];
        // a tenth of an even split between two is .05
        Assert.Equal([(2, "shared")], DeadExperts.Of(gates));
        Assert.True(double.IsNaN(DeadExperts.Weight(gates[0], "own b")));
        Assert.Empty(DeadExperts.Of([]));
    }
}
