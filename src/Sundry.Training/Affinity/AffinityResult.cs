namespace Sundry.Training;

/// <summary>What the tasks of one training were to each other.</summary>
/// <param name="Architecture">How they shared.</param>
/// <param name="Balancing">How their losses were combined.</param>
/// <param name="Tasks">Their names.</param>
/// <param name="Steps">Steps that were looked at.</param>
/// <param name="Seconds">Time of the training, the looking included.</param>
/// <param name="Gradients">Norms, cosines and conflicts over all epochs.</param>
/// <param name="LookAhead">By task i, then task j: the share of its loss that j gained, in the mean, from a step for i alone; NaN where no step held both.</param>
/// <param name="Errors">The standard errors of these means.</param>
/// <param name="Groupings">By number of models, from 1: the best division of the tasks among them.</param>
/// <param name="Advised">The number of models among <paramref name="Groupings"/> that is advised.</param>
/// <param name="Findings">What there is to say of each pair, the most urgent first.</param>
/// <param name="History">The epochs.</param>
public sealed record AffinityResult(
    string Architecture,
    string Balancing,
    IReadOnlyList<string> Tasks,
    int Steps,
    double Seconds,
    GradientRecord Gradients,
    IReadOnlyList<IReadOnlyList<double>> LookAhead,
    IReadOnlyList<IReadOnlyList<double>> Errors,
    IReadOnlyList<Grouping> Groupings,
    int Advised,
    IReadOnlyList<PairFinding> Findings,
    IReadOnlyList<EpochRecord> History)
{
    /// <summary>Into how many models to divide the tasks, and how, in a sentence.</summary>
    public string Advice
    {
        get
        {
            if (Advised == 1) return "One model for all tasks: no division promises more than chance would.";
            var parts = Groupings[Advised - 1].Groups.Select(group => group.Count == 1 ? $"{group[0]} alone" : string.Join(", ", group.Take(group.Count - 1)) + " and " + group[^1] + " together");
            return $"{Advised} models: {string.Join("; ", parts)}.";
        }
    }

    /// <summary>The findings as they are told to people: many pairs with nothing to say of them make one sentence.</summary>
    public IReadOnlyList<PairFinding> Told()
    {
        PairFinding[] dull = [.. Findings.Where(f => f.Kind == PairKind.Indifference)];
        if (dull.Length < 3) return Findings;
        var pairs = string.Join("; ", dull.Select(f => string.Join(" and ", f.Tasks)));
        return
        [
            .. Findings.Where(f => f.Kind != PairKind.Indifference),
            new(PairKind.Indifference, [.. dull.SelectMany(f => f.Tasks).Distinct()], $"{dull.Length} pairs hardly touch each other, so that sharing costs them little and brings little: {pairs}.", ""),
        ];
    }
}
