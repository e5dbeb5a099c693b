using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class PairFindingsTests
{
    [Fact]
    public void A_conflict_says_how_often_where_and_what_to_try()
    {
        var found = Single(Pair(-.2, .71, ("bottom/0", -.12), ("embeddings", -.35)), (-.01, .001), (-.01, .001));
        Assert.Equal(PairKind.Conflict, found.Kind);
        Assert.Equal("rating and click disagree in 71% of steps, most in embeddings (mean cosine −0.35), and a step for either makes the other worse: try separate experts.", found.Sentence);
        Assert.Equal("model.architecture=ple", found.Setting);
    }

    [Fact]
    public void Harm_on_one_side_calls_for_isolation()
    {
        var found = Single(Pair(-.2, .71), (-.01, .001), (.0001, .001));
        Assert.Equal("rating and click disagree in 71% of steps; a step for rating makes click worse, but not the other way round: try to let rating read the shared part without teaching it, or give it less weight.", found.Sentence);
        Assert.Equal("tasks.rating.gradient.shared=0", found.Setting);
        Assert.Equal("tasks.click.gradient.shared=0", Single(Pair(-.2, .71), (.01, .001), (-.01, .001)).Setting);
    }

    [Fact]
    public void Conflict_among_own_experts_calls_for_another_remedy()
    {
        var found = Single(Pair(-.2, .71), (-.01, .02), (-.01, .02), architecture: "ple");
        Assert.Equal("rating and click disagree in 71% of steps, although they have experts of their own: try to project their conflicts away, or separate models.", found.Sentence);
        Assert.Equal("training.balancing=pcgrad", found.Setting);
    }

    [Theory]
    [InlineData(.01, .01, "a step for either makes the other better")]
    [InlineData(.01, .0001, "a step for rating makes click better")]
    [InlineData(.0001, .01, "a step for click makes rating better")]
    [InlineData(-.01, .0001, "they pull the shared part the same way")]
    public void Agreement_says_who_helps_whom(double onto, double back, string words)
    {
        var found = Single(Pair(.31, .04), (onto, .001), (back, .001));
        Assert.Equal(PairKind.Agreement, found.Kind);
        Assert.Equal($"rating and click agree in 96% of steps (mean cosine 0.31) and {words}: let them share.", found.Sentence);
        Assert.Equal("", found.Setting);
    }

    [Fact]
    public void What_chance_may_have_done_is_no_finding()
    {
        // of 16 steps 71% are no more than two standard errors from a half
        var found = Single(Pair(-.02, .71) with { Steps = 16 }, (0, 1), (0, 1));
        Assert.Equal(PairKind.Indifference, found.Kind);
        Assert.Equal("rating and click hardly touch each other (they disagree in 71% of steps, mean cosine −0.02): sharing costs them little and brings little.", found.Sentence);
    }

    [Fact]
    public void A_gradient_much_longer_than_another_is_told()
    {
        var record = new GradientRecord(100, new Dictionary<string, double> { ["rating"] = .5, ["click"] = 12.5 }, [Pair(.31, .04)]);
        Dictionary<string, double> Weights(double click) => new() { ["rating"] = 1, ["click"] = click };
        var found = PairFindings.Of(record, Weights(1), (_, _) => (0, 1), "mmoe");
        Assert.Equal([PairKind.Drowned, PairKind.Agreement], found.Select(f => f.Kind));
        Assert.Equal("The gradient of click, weighed as in training, is 25 times as long as that of rating, so that the shared part follows click: try to balance gradients, or give click less weight.", found[0].Sentence);
        Assert.Equal("training.balancing=gradnorm", found[0].Setting);
        Assert.Equal(["click", "rating"], found[0].Tasks);
        // a weight can mend it
        Assert.Equal(PairKind.Agreement, Assert.Single(PairFindings.Of(record, Weights(.1), (_, _) => (0, 1), "mmoe")).Kind);
    }

    [Fact]
    public void A_task_that_drowns_several_is_told_of_once()
    {
        var record = new GradientRecord(100, new Dictionary<string, double> { ["cart"] = .5, ["rating"] = 50, ["click"] = 2, ["dwell"] = 6, ["mute"] = 9 }, []);
        var found = PairFindings.Of(record, record.Norms.ToDictionary(n => n.Key, n => n.Key == "mute" ? 0 : 1.0), (_, _) => (0, 1), "mmoe");
        Assert.Equal(["rating click cart", "dwell cart"], found.Select(f => string.Join(' ', f.Tasks)));
        Assert.StartsWith("The gradient of rating, weighed as in training, is 25 to 100 times as long as those of click and cart, so that", found[0].Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_weak_lean_is_no_finding_however_often_it_was_seen()
    {
        Assert.Equal(PairKind.Indifference, Single(Pair(.01, .45) with { Steps = 100_000 }, (0, 1), (0, 1)).Kind);
        Assert.Equal(PairKind.Agreement, Single(Pair(.03, .3), (0, 1), (0, 1)).Kind);
    }

    [Fact]
    public void The_worst_comes_first_and_pairs_that_never_met_are_left_out()
    {
        var record = new GradientRecord(
            100, new Dictionary<string, double> { ["a"] = 1, ["b"] = 1, ["c"] = 1, ["d"] = double.NaN },
            [
                new("a", "b", 100, .3, .1, new Dictionary<string, double>()), new("a", "c", 100, -.1, .65, new Dictionary<string, double>()),
                new("b", "c", 100, -.3, .9, new Dictionary<string, double>()), new("a", "d", 0, double.NaN, double.NaN, new Dictionary<string, double>()),
            ]);
        Assert.Equal(["bc", "ac", "ab"], PairFindings.Of(record, record.Norms.ToDictionary(n => n.Key, _ => 1.0), (_, _) => (double.NaN, double.NaN), "mmoe").Select(f => string.Concat(f.Tasks)));
    }

    private static PairRecord Pair(double cosine, double conflicts, params (string, double)[] layers) =>
        new("rating", "click", 100, cosine, conflicts, layers.ToDictionary(l => l.Item1, l => l.Item2));

    private static PairFinding Single(PairRecord pair, (double, double) onto, (double, double) back, string architecture = "shared_bottom") => Assert.Single(PairFindings.Of(
        new GradientRecord(pair.Steps, new Dictionary<string, double> { ["rating"] = 1, ["click"] = 1 }, [pair]), new Dictionary<string, double> { ["rating"] = 1, ["click"] = 1 }, (a, _) => a == "rating" ? onto : back, architecture));
}
