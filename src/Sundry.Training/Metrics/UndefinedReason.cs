using Sundry.Data;

namespace Sundry.Training;

/// <summary>Says in words why a metric has no value, so that a report need not print a bare NaN.</summary>
internal static class UndefinedReason
{
    public const string NotANumber = "a prediction is not a number";

    public static string Of(TaskSchema task, string metric, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
    {
        var rows = new LabelledRows(labels, labels, weights);
        int count = 0;
        float least = float.PositiveInfinity, most = float.NegativeInfinity;
        for (int i = 0; i < rows.Count; i++)
        {
            if (!(rows.Weight(i) > 0)) continue;
            count++;
            least = Math.Min(least, labels[i]);
            most = Math.Max(most, labels[i]);
        }

        if (count == 0) return "no row has a label";
        if (task.Type == TaskType.Binary)
        {
            if (metric == "precision") return "no row is predicted positive";
            if (most == 0) return "no row is positive";
            if (least == 1) return "every row is positive";
        }

        if (metric == "calibration" && most == 0) return "every label is 0";
        if (metric == "poisson_deviance" && least < 0) return "a label is negative";
        if (metric == "r2" && least == most) return "every label is the same";
        return NotANumber;
    }
}
