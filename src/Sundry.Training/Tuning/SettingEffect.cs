using System.Globalization;

namespace Sundry.Training;

/// <summary>How much one setting alone says of what trials come to after the first rung.</summary>
/// <param name="Path">The setting.</param>
/// <param name="Share">The share of the spread of the objective that groups by this setting explain, corrected for chance (ω²); NaN below eight trials.</param>
/// <param name="Best">The group with the best mean.</param>
/// <param name="Trials">Trials that had it.</param>
public sealed record SettingEffect(string Path, double Share, string Best, int Trials)
{
    private const int Fewest = 8;
    private const int Groups = 4;

    /// <summary>The effects of all settings, the strongest first.</summary>
    public static IReadOnlyList<SettingEffect> Of(TuneResult result)
    {
        var first = result.Results.Where(r => r.Rung == 0 && double.IsFinite(r.Value)).ToDictionary(r => r.Trial, r => r.Value);
        return [.. result.Space.Keys.Select(path => Of(path, first, result)).OrderByDescending(e => double.IsNaN(e.Share) ? -1 : e.Share)];
    }

    private static SettingEffect Of(string path, Dictionary<int, double> first, TuneResult result)
    {
        var had = result.Trials.Where(t => t.Settings.ContainsKey(path) && first.ContainsKey(t.Number)).Select(t => (Setting: t.Settings[path], Value: first[t.Number])).ToList();
        var numbers = had.Select(t => double.TryParse(t.Setting, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) ? n : double.NaN).ToList();
        var words = numbers.Any(double.IsNaN) || numbers.Distinct().Count() <= Groups;
        var order = numbers.Distinct().Order().ToList();
        var groups = had.Select((t, i) => (Group: words ? t.Setting : (order.IndexOf(numbers[i]) * Groups / order.Count).ToString(CultureInfo.InvariantCulture), t.Setting, t.Value))
            .GroupBy(t => t.Group, StringComparer.Ordinal).ToList();
        if (had.Count < Fewest || groups.Count < 2) return new(path, double.NaN, "", had.Count);
        var mean = had.Average(t => t.Value);
        var total = had.Sum(t => (t.Value - mean) * (t.Value - mean));
        var between = groups.Sum(g => g.Count() * Math.Pow(g.Average(t => t.Value) - mean, 2));
        var within = had.Count > groups.Count ? (total - between) / (had.Count - groups.Count) : double.NaN;
        var share = total > 0 ? Math.Clamp((between - (groups.Count - 1) * within) / (total + within), 0, 1) : 0;
        var best = groups.MaxBy(g => g.Average(t => t.Value))!;
        var ends = best.Select(t => t.Setting).OrderBy(s => double.TryParse(s, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) ? n : 0).ToList();
        return new(path, share, words || ends[0] == ends[^1] ? ends[0] : $"{ends[0]} to {ends[^1]}", had.Count);
    }
}
