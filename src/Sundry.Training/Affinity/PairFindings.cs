using System.Globalization;

namespace Sundry.Training;

/// <summary>Says in plain words what tasks are to each other, and what to try.</summary>
internal static class PairFindings
{
    /// <summary>Gradients whose lengths differ by more than this factor are called unequal.</summary>
    private const double Unequal = 10;

    /// <summary>Cosines nearer to 0 than this are called none.</summary>
    private const double Faint = .05;

    /// <summary>Every pair, conflicts first and the worst of them first.</summary>
    /// <param name="gradients">Norms and cosines.</param>
    /// <param name="z">By two tasks: the affinity of the first onto the second, and its standard error.</param>
    /// <param name="architecture">How the tasks shared while they were measured.</param>
    public static IReadOnlyList<PairFinding> Of(GradientRecord gradients, Func<string, string, (double Mean, double Error)> z, string architecture)
    {
        var found = gradients.Pairs.Where(p => p.Steps > 0).Select(p => (Pair: p, Finding: Relation(p, z, architecture))).ToList();
        return
        [
            .. found.Where(f => f.Finding.Kind == PairKind.Conflict).OrderByDescending(f => f.Pair.Conflicts).Select(f => f.Finding),
            .. gradients.Pairs.Select(p => Drowning(gradients, p)).OfType<PairFinding>(),
            .. found.Where(f => f.Finding.Kind == PairKind.Agreement).OrderByDescending(f => f.Pair.Cosine).Select(f => f.Finding),
            .. found.Where(f => f.Finding.Kind == PairKind.Indifference).Select(f => f.Finding),
        ];
    }

    private static PairFinding Relation(PairRecord pair, Func<string, string, (double Mean, double Error)> z, string architecture)
    {
        var (a, b) = (pair.First, pair.Second);
        // two standard errors of a fair coin
        var chance = 1 / Math.Sqrt(pair.Steps);
        var (onto, back) = (Sign(z(a, b)), Sign(z(b, a)));
        if (pair.Conflicts > .5 + chance && pair.Cosine < 0) return Conflict(pair, onto, back, architecture);
        if (pair.Conflicts < .5 - chance && pair.Cosine > Faint)
        {
            var help = (onto, back) switch
            {
                (> 0, > 0) => "a step for either makes the other better",
                (> 0, _) => $"a step for {a} makes {b} better",
                (_, > 0) => $"a step for {b} makes {a} better",
                _ => "they pull the shared part the same way",
            };
            return new(PairKind.Agreement, a, b, $"{a} and {b} agree in {Percent(1 - pair.Conflicts)} of steps (mean cosine {Cosine(pair.Cosine)}) and {help}: let them share.", "");
        }

        return new(PairKind.Indifference, a, b, $"{a} and {b} hardly touch each other (they disagree in {Percent(pair.Conflicts)} of steps, mean cosine {Cosine(pair.Cosine)}): sharing costs them little and brings little.", "");
    }

    private static PairFinding Conflict(PairRecord pair, int onto, int back, string architecture)
    {
        var (a, b) = (pair.First, pair.Second);
        var where = pair.Layers.Where(l => l.Value < Math.Min(-Faint, pair.Cosine)).OrderBy(l => l.Value).Select(l => $", most in {l.Key} (mean cosine {Cosine(l.Value)})").FirstOrDefault();
        var start = $"{a} and {b} disagree in {Percent(pair.Conflicts)} of steps{where}";
        if (onto < 0 && back >= 0) return OneSided(a, b);
        if (back < 0 && onto >= 0) return OneSided(b, a);
        var harm = onto < 0 ? ", and a step for either makes the other worse" : "";
        return architecture is "ple" or "cgc"
            ? new(PairKind.Conflict, a, b, $"{start}{harm}, although they have experts of their own: try to project their conflicts away, or separate models.", "training.balancing=pcgrad")
            : new(PairKind.Conflict, a, b, $"{start}{harm}: try separate experts.", "model.architecture=ple");

        PairFinding OneSided(string harms, string harmed) => new(
            PairKind.Conflict, a, b,
            $"{start}; a step for {harms} makes {harmed} worse, but not the other way round: try to let {harms} read the shared part without teaching it, or give it less weight.",
            $"tasks.{harms}.stop_gradient=experts");
    }

    private static PairFinding? Drowning(GradientRecord gradients, PairRecord pair)
    {
        var (first, second) = (gradients.Norms[pair.First], gradients.Norms[pair.Second]);
        var (longer, shorter, ratio) = first >= second ? (pair.First, pair.Second, first / second) : (pair.Second, pair.First, second / first);
        return !(ratio >= Unequal) || !double.IsFinite(ratio) ? null : new(
            PairKind.Drowned, longer, shorter,
            $"The gradient of {longer} is {ratio.ToString("N0", CultureInfo.InvariantCulture)} times as long as that of {shorter}, so that the shared part follows {longer}: try to balance their gradients, or give {longer} less weight.",
            "training.balancing=gradnorm");
    }

    // 0 where it may be chance
    private static int Sign((double Mean, double Error) z) => Math.Abs(z.Mean) > 2 * z.Error ? Math.Sign(z.Mean) : 0;

    private static string Percent(double share) => Math.Round(100 * share).ToString("0", CultureInfo.InvariantCulture) + "%";

    private static string Cosine(double value) => Figures.TwoDecimals(value);
}
