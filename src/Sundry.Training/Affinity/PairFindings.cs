using System.Globalization;

namespace Sundry.Training;

/// <summary>Says in plain words what tasks are to each other, and what to try.</summary>
internal static class PairFindings
{
    /// <summary>Gradients whose lengths differ by more than this factor are called unequal.</summary>
    private const double Unequal = 10;

    /// <summary>Shares of steps nearer to a half than this are called neither agreement nor conflict, however many steps there were.</summary>
    private const double Faint = .1;

    /// <summary>A layer with a cosine below this is named as the place of a conflict.</summary>
    private const double Place = -.05;

    /// <summary>Every pair, conflicts first and the worst of them first.</summary>
    /// <param name="gradients">Norms and cosines.</param>
    /// <param name="weights">By task: what balancing multiplied its loss or gradient by, in the mean.</param>
    /// <param name="z">By two tasks: the affinity of the first onto the second, and its standard error.</param>
    /// <param name="architecture">How the tasks shared while they were measured.</param>
    public static IReadOnlyList<PairFinding> Of(GradientRecord gradients, IReadOnlyDictionary<string, double> weights, Func<string, string, (double Mean, double Error)> z, string architecture)
    {
        var found = gradients.Pairs.Where(p => p.Steps > 0).Select(p => (Pair: p, Finding: Relation(p, z, architecture))).ToList();
        return
        [
            .. found.Where(f => f.Finding.Kind == PairKind.Conflict).OrderByDescending(f => f.Pair.Conflicts).Select(f => f.Finding),
            .. Drowning(gradients, weights),
            .. found.Where(f => f.Finding.Kind == PairKind.Agreement).OrderByDescending(f => f.Pair.Cosine).Select(f => f.Finding),
            .. found.Where(f => f.Finding.Kind == PairKind.Indifference).Select(f => f.Finding),
        ];
    }

    /// <summary>Whether two tasks pull apart in clearly more than half of the steps.</summary>
    public static bool Apart(PairRecord pair) => pair.Conflicts > .5 + Chance(pair) && pair.Cosine < 0;

    // two standard errors of a fair coin
    private static double Chance(PairRecord pair) => Math.Max(Faint, 1 / Math.Sqrt(pair.Steps));

    private static PairFinding Relation(PairRecord pair, Func<string, string, (double Mean, double Error)> z, string architecture)
    {
        var (a, b) = (pair.First, pair.Second);
        var (onto, back) = (Sign(z(a, b)), Sign(z(b, a)));
        if (Apart(pair)) return Conflict(pair, onto, back, architecture);
        if (pair.Conflicts < .5 - Chance(pair) && pair.Cosine > 0)
        {
            var help = onto > 0 && back > 0 ? "a step for either makes the other better"
                : onto > 0 ? $"a step for {a} makes {b} better"
                : back > 0 ? $"a step for {b} makes {a} better"
                : "they pull the shared part the same way";
            return new(PairKind.Agreement, [a, b], $"{a} and {b} agree in {Percent(1 - pair.Conflicts)} of steps (mean cosine {Cosine(pair.Cosine)}) and {help}: let them share.", "");
        }

        return new(PairKind.Indifference, [a, b], $"{a} and {b} hardly touch each other (they disagree in {Percent(pair.Conflicts)} of steps, mean cosine {Cosine(pair.Cosine)}): sharing costs them little and brings little.", "");
    }

    private static PairFinding Conflict(PairRecord pair, int onto, int back, string architecture)
    {
        var (a, b) = (pair.First, pair.Second);
        var where = pair.Layers.Where(l => l.Value < Math.Min(Place, pair.Cosine)).OrderBy(l => l.Value).Select(l => $", most in {l.Key} (mean cosine {Cosine(l.Value)})").FirstOrDefault();
        var start = $"{a} and {b} disagree in {Percent(pair.Conflicts)} of steps{where}";
        if (onto < 0 && back >= 0) return OneSided(a, b);
        if (back < 0 && onto >= 0) return OneSided(b, a);
        var harm = onto < 0 ? ", and a step for either makes the other worse" : "";
        return architecture is "ple" or "cgc"
            ? new(PairKind.Conflict, [a, b], $"{start}{harm}, although they have experts of their own: try to project their conflicts away, or separate models.", "training.balancing=pcgrad")
            : new(PairKind.Conflict, [a, b], $"{start}{harm}: try separate experts.", "model.architecture=ple");

        PairFinding OneSided(string harms, string harmed) => new(
            PairKind.Conflict, [a, b],
            $"{start}; a step for {harms} makes {harmed} worse, but not the other way round: try to let {harms} read the shared part without teaching it, or give it less weight.",
            $"tasks.{harms}.gradient.shared=0");
    }

    private static IEnumerable<PairFinding> Drowning(GradientRecord gradients, IReadOnlyDictionary<string, double> weights)
    {
        double Length(string task) => gradients.Norms[task] * weights[task];
        foreach (var task in gradients.Norms.Keys.Where(t => double.IsFinite(Length(t))).OrderByDescending(Length))
        {
            // longest first; a task of weight 0 is not meant to be heard
            string[] drowned = [.. gradients.Norms.Keys.Where(other => Length(other) > 0 && Length(task) >= Unequal * Length(other)).OrderByDescending(Length)];
            if (drowned.Length == 0) continue;
            var (least, most) = (Times(Length(task) / Length(drowned[0])), Times(Length(task) / Length(drowned[^1])));
            yield return new(
                PairKind.Drowned, [task, .. drowned],
                $"The gradient of {task}, weighed as in training, is {(least == most ? least : $"{least} to {most}")} times as long as {(drowned.Length == 1 ? "that" : "those")} of {List(drowned)}, "
                + $"so that the shared part follows {task}: try to balance gradients, or give {task} less weight.",
                "training.balancing=gradnorm");
        }
    }

    private static string List(string[] names) => names.Length == 1 ? names[0] : string.Join(", ", names[..^1]) + " and " + names[^1];

    private static string Times(double ratio) => ratio.ToString("N0", CultureInfo.InvariantCulture);

    // 0 where it may be chance
    private static int Sign((double Mean, double Error) z) => Math.Abs(z.Mean) > 2 * z.Error ? Math.Sign(z.Mean) : 0;

    private static string Percent(double share) => Math.Round(100 * share).ToString("0", CultureInfo.InvariantCulture) + "%";

    private static string Cosine(double value) => Figures.TwoDecimals(value);
}
