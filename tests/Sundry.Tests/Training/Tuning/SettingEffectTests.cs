using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class SettingEffectTests
{
    [Fact]
    public void A_setting_that_decides_all_explains_all_and_one_that_decides_nothing_next_to_nothing()
    {
        var random = new Random(3);
        var trials = Enumerable.Range(1, 60).Select(n => new Trial(n, new Dictionary<string, string>
        {
            ["training.learning_rate"] = (random.NextDouble() * 0.01).ToString("R", System.Globalization.CultureInfo.InvariantCulture),
            ["model.architecture"] = n % 2 == 0 ? "ple" : "mmoe",
        }, new())).ToList();
        var results = trials.Select(t => new TrialResult(t.Number, 0, 1, 1, 1, 1, t.Number % 2 + 0.001 * random.NextDouble(), 0, [])).ToList();
        var space = new Dictionary<string, string> { ["training.learning_rate"] = "0..0.01", ["model.architecture"] = "mmoe, ple" };
        var effects = SettingEffect.Of(Result(space, trials, results));
        Assert.Equal("model.architecture", effects[0].Path);
        Assert.Equal("mmoe", effects[0].Best);
        Assert.True(effects[0].Share > 0.999);
        Assert.True(effects[1].Share < 0.15, $"chance explains {effects[1].Share}");
        Assert.Contains(" to ", effects[1].Best, StringComparison.Ordinal);
        Assert.True(double.IsNaN(SettingEffect.Of(Result(space, trials[..5], results[..5]))[0].Share));
    }

    private static TuneResult Result(Dictionary<string, string> space, List<Trial> trials, List<TrialResult> results) =>
        new("mean", [1, 3], space, trials, results, [], [], 1, [], [], trials[0], [], "", 0);
}
