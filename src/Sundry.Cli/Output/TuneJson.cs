using Sundry.Training;
using static Sundry.Cli.JsonNumber;

namespace Sundry.Cli;

/// <summary>What <c>tune --json</c> prints and <c>tune.json</c> holds.</summary>
internal sealed record TuneJson(
    string Objective, int Seed, int Seeds, bool RegretFree, string Finding, string Ended, double Seconds, string Config,
    TuneJson.WinnerJson Winner, IReadOnlyList<ComparisonJson> Test, IReadOnlyList<ComparisonJson> Validation,
    IReadOnlyList<int> Rungs, IReadOnlyDictionary<string, string> Space, IReadOnlyList<TuneJson.EffectJson> Effects,
    IReadOnlyList<ReferenceResult> References, IReadOnlyList<TuneJson.TrialJson> Trials)
{
    public static TuneJson Of(TuneResult result, string config, int seed) => new(
        result.Objective, seed, result.Seeds, result.FreeOfRegret, result.Finding, result.Ended, result.Seconds, config,
        new(result.Winner.Number, result.Winner.Settings, Finite(result.Finalists[0].Value), Finite(result.Finalists[0].Regret), [.. result.Losing.Select(TaskJson.Of)]),
        [.. result.Test.Select(ComparisonJson.Of)], [.. result.Comparison.Select(ComparisonJson.Of)],
        result.Epochs, result.Space, [.. SettingEffect.Of(result).Select(e => new EffectJson(e.Path, Finite(e.Share), e.Best))], result.References,
        [.. result.Trials.Select(t => new TrialJson(t.Number, t.Settings, [.. result.Results.Where(r => r.Trial == t.Number).Select(RungJson.Of)]))]);

    /// <summary>The trial that was chosen, and the tasks in which it loses on validation.</summary>
    internal sealed record WinnerJson(int Trial, IReadOnlyDictionary<string, string> Settings, double? Value, double? Regret, IReadOnlyList<TaskJson> Losing);

    /// <summary>A setting and the share of the spread after the first rung that it explains.</summary>
    internal sealed record EffectJson(string Setting, double? Share, string Best);

    /// <summary>A trial and what it came to on each rung.</summary>
    internal sealed record TrialJson(int Trial, IReadOnlyDictionary<string, string> Settings, IReadOnlyList<RungJson> Rungs);

    /// <summary>What a trial came to on a rung.</summary>
    internal sealed record RungJson(int Epochs, int BestEpoch, double Seconds, long Parameters, double? Value, double? Regret, IReadOnlyList<TaskJson> Tasks, string? Failed)
    {
        public static RungJson Of(TrialResult r) => new(r.Epochs, r.BestEpoch, r.Seconds, r.Parameters, Finite(r.Value), Finite(r.Regret), [.. r.Tasks.Select(TaskJson.Of)], r.Failed);
    }

    /// <summary>A task beside its single-task model, on validation.</summary>
    internal sealed record TaskJson(string Task, string Metric, double? Value, double? Alone, double? Gain, double[] Interval, string Verdict)
    {
        public static TaskJson Of(TaskStanding t) => new(
            t.Task, t.Metric, Finite(t.Value), Finite(t.Alone), Finite(t.Gain), JsonNumber.Interval(t.Low, t.High), t.Verdict.ToString().ToLowerInvariant());
    }
}
