using System.Globalization;

namespace Sundry.EndToEnd.Tests;

/// <summary>Metrics computed anew from the text of a predictions file, the plain way, sharing no code with the program.</summary>
internal static class Judge
{
    public static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>The share of pairs of a positive and a negative that are in order, ties counting half: every pair is looked at.</summary>
    public static double Auc(IReadOnlyList<double> scores, IReadOnlyList<double> labels, IReadOnlyList<double>? weights = null)
    {
        double right = 0, all = 0;
        for (var p = 0; p < scores.Count; p++)
        {
            if (labels[p] != 1) continue;
            for (var n = 0; n < scores.Count; n++)
            {
                if (labels[n] != 0) continue;
                var weight = (weights?[p] ?? 1) * (weights?[n] ?? 1);
                all += weight;
                right += scores[p] > scores[n] ? weight : scores[p] == scores[n] ? weight / 2 : 0;
            }
        }

        return right / all;
    }

    public static double LogLoss(IReadOnlyList<double> scores, IReadOnlyList<double> labels, IReadOnlyList<double>? weights = null) =>
        Mean(scores.Select((p, i) => -Math.Log(labels[i] == 1 ? p : 1 - p)), weights);

    public static double Rmse(IReadOnlyList<double> values, IReadOnlyList<double> labels, IReadOnlyList<double>? weights = null) =>
        Math.Sqrt(Mean(values.Select((v, i) => (v - labels[i]) * (v - labels[i])), weights));

    public static double Mae(IReadOnlyList<double> values, IReadOnlyList<double> labels, IReadOnlyList<double>? weights = null) =>
        Mean(values.Select((v, i) => Math.Abs(v - labels[i])), weights);

    public static double Accuracy(IReadOnlyList<string> classes, IReadOnlyList<string> labels) => classes.Zip(labels).Average(pair => pair.First == pair.Second ? 1.0 : 0);

    public static double MacroF1(IReadOnlyList<string> classes, IReadOnlyList<string> labels) => labels.Distinct().Average(name =>
    {
        var pairs = classes.Zip(labels).ToList();
        double hits = pairs.Count(p => p.First == name && p.Second == name);
        double misses = pairs.Count(p => (p.First == name) != (p.Second == name));
        return 2 * hits / (2 * hits + misses);
    });

    private static double Mean(IEnumerable<double> values, IReadOnlyList<double>? weights)
    {
        double sum = 0, total = 0;
        foreach (var (value, i) in values.Select((v, i) => (v, i)))
        {
            sum += value * (weights?[i] ?? 1);
            total += weights?[i] ?? 1;
        }

        return sum / total;
    }
}
