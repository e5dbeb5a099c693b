using Sundry.Training;
using static Sundry.Cli.JsonNumber;

namespace Sundry.Cli;

/// <summary>What <c>affinity --json</c> prints; what is undefined is null.</summary>
internal sealed record AffinityJson(
    string Report, string Architecture, string Balancing, int Steps, double Seconds,
    IReadOnlyDictionary<string, double?> Norms,
    IReadOnlyList<AffinityJson.PairJson> Pairs,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, double?>> LookAhead,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, double?>> StandardErrors,
    int Advised,
    string Advice,
    IReadOnlyList<AffinityJson.GroupingJson> Groupings,
    IReadOnlyList<AffinityJson.FindingJson> Findings)
{
    public static AffinityJson Of(AffinityResult result, string report) => new(
        report, result.Architecture, result.Balancing, result.Steps, result.Seconds,
        All(result.Gradients.Norms),
        [.. result.Gradients.Pairs.Select(p => new PairJson(p.First, p.Second, p.Steps, Finite(p.Cosine), Finite(p.Conflicts), All(p.Layers)))],
        Table(result.Tasks, result.LookAhead), Table(result.Tasks, result.Errors),
        result.Advised,
        result.Advice,
        [.. result.Groupings.Select((g, k) => new GroupingJson(k + 1, g.Groups, g.Score, g.Exact))],
        [.. result.Findings.Select(f => new FindingJson(f.Kind, f.Tasks, f.Sentence, f.Setting.Length > 0 ? f.Setting : null))]);

    private static Dictionary<string, IReadOnlyDictionary<string, double?>> Table(IReadOnlyList<string> tasks, IReadOnlyList<IReadOnlyList<double>> rows) => Enumerable.Range(0, tasks.Count).ToDictionary(
        i => tasks[i], i => (IReadOnlyDictionary<string, double?>)Enumerable.Range(0, tasks.Count).ToDictionary(j => tasks[j], j => Finite(rows[i][j])));

    private static Dictionary<string, double?> All(IReadOnlyDictionary<string, double> values) => values.ToDictionary(v => v.Key, v => Finite(v.Value));

    /// <summary>Two tasks: their mean cosine, the share of steps with a negative one, and the mean cosine by layer.</summary>
    internal sealed record PairJson(string First, string Second, int Steps, double? Cosine, double? Conflicts, IReadOnlyDictionary<string, double?> Layers);

    /// <summary>The best division among so many models.</summary>
    internal sealed record GroupingJson(int Models, IReadOnlyList<IReadOnlyList<string>> Groups, double Score, bool Exact);

    /// <summary>What there is to say of two tasks, and what to try.</summary>
    internal sealed record FindingJson(PairKind Kind, IReadOnlyList<string> Tasks, string Sentence, string? Setting);
}
