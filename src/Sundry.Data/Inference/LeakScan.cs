namespace Sundry.Data;

/// <summary>
/// Finds columns that tell a label almost perfectly, as what is written down after the fact does: the mean label of each value, or of each of 100 quantile buckets of a number,
/// is learned on one half of the rows and judged on the other.
/// </summary>
internal static class LeakScan
{
    /// <summary>The figure from which a column counts as a leak; a little below the guard of <see cref="DataOptions.LeakThreshold"/>, so that what passes here passes there.</summary>
    public const double Threshold = 0.99;

    private const int Buckets = 100;
    private const int FewestOfAKind = 10;

    /// <summary>How well the column tells the label: AUC for binary, R² for numbers, for classes the share of errors removed from guessing the most frequent one; NaN where the sample is too small to say.</summary>
    public static double Figure(ColumnProfile feature, LabelGuess label)
    {
        var groups = Groups(feature);
        var labels = Labels(label);
        return label.Options.Type switch
        {
            TaskType.Binary => Auc(groups, labels),
            TaskType.Multiclass => ErrorsRemoved(groups, labels),
            _ => RSquared(groups, labels),
        };
    }

    /// <summary>The figure's name.</summary>
    public static string Name(TaskType type) => type switch { TaskType.Binary => "AUC", TaskType.Multiclass => "errors removed", _ => "R²" };

    // halves by a hash: in many tables each positive is followed by its negatives
    private static bool IsJudged(int row) => ((uint)row * 2654435769u >> 16 & 1) != 0;

    // a number's value is told by its neighbours too, so that it is judged by buckets
    private static int[] Groups(ColumnProfile feature)
    {
        var group = new int[feature.Counts.Length];
        if (feature is { IsNumber: true, Distinct: > Buckets })
        {
            var order = feature.Values.ToArray();
            Array.Sort(Array.ConvertAll(order, code => Number(feature, code)), order);
            long before = 0;
            foreach (int code in order)
            {
                group[code] = 1 + (int)(before * Buckets / feature.Present);
                before += feature.Counts[code];
            }
        }
        else
        {
            for (int i = 0; i < feature.Values.Length; i++) group[feature.Values[i]] = 1 + i;
        }

        return [.. feature.Sample.Codes.Select(code => group[code])];
    }

    private static double[] Labels(LabelGuess label)
    {
        var column = label.Column;
        var values = new double[column.Counts.Length];
        Array.Fill(values, double.NaN);
        for (int i = 0; i < column.Values.Length; i++)
        {
            int code = column.Values[i];
            values[code] = label.Options.Type switch
            {
                TaskType.Binary => label.Options.Positive.Contains(column.Sample.Text(code), StringComparer.Ordinal) ? 1 : 0,
                TaskType.Multiclass => i,
                _ => Number(column, code),
            };
        }

        return [.. column.Sample.Codes.Select(code => values[code])];
    }

    private static double Number(ColumnProfile column, int code) => NumberText.TryParseDouble(column.Sample.Bytes(code), out double number) ? number : double.NaN;

    private static double Auc(int[] groups, double[] labels)
    {
        var means = Means(groups, labels);
        var positives = new double[means.Length];
        var negatives = new double[means.Length];
        for (int row = 0; row < groups.Length; row++)
        {
            if (!IsJudged(row)) continue;
            if (labels[row] == 1) positives[groups[row]]++;
            else if (labels[row] == 0) negatives[groups[row]]++;
        }

        double allPositives = positives.Sum();
        double allNegatives = negatives.Sum();
        if (allPositives < FewestOfAKind || allNegatives < FewestOfAKind) return double.NaN;
        var order = Enumerable.Range(0, means.Length).ToArray();
        Array.Sort([.. means], order);
        double area = 0;
        double below = 0;
        for (int start = 0; start < order.Length;)
        {
            // groups of one mean are ties
            double tiedPositives = 0;
            double tiedNegatives = 0;
            int end = start;
            for (; end < order.Length && means[order[end]] == means[order[start]]; end++)
            {
                tiedPositives += positives[order[end]];
                tiedNegatives += negatives[order[end]];
            }

            area += tiedPositives * (below + tiedNegatives / 2);
            below += tiedNegatives;
            start = end;
        }

        return area / (allPositives * allNegatives);
    }

    private static double ErrorsRemoved(int[] groups, double[] labels)
    {
        var counts = new Dictionary<(int Group, double Class), int>();
        for (int row = 0; row < groups.Length; row++)
        {
            if (IsJudged(row)) continue;
            if (double.IsNaN(labels[row])) continue;
            counts[(groups[row], labels[row])] = counts.GetValueOrDefault((groups[row], labels[row])) + 1;
            // the group -1 stands for all rows, and answers for groups that were never seen
            counts[(-1, labels[row])] = counts.GetValueOrDefault((-1, labels[row])) + 1;
        }

        var best = counts.GroupBy(count => count.Key.Group).ToDictionary(group => group.Key, group => group.OrderByDescending(count => count.Value).ThenBy(count => count.Key.Class).First().Key.Class);
        if (best.Count == 0) return double.NaN;
        int rows = 0;
        int right = 0;
        int usual = 0;
        for (int row = 0; row < groups.Length; row++)
        {
            if (!IsJudged(row)) continue;
            if (double.IsNaN(labels[row])) continue;
            rows++;
            if (labels[row] == best[-1]) usual++;
            if (labels[row] == best.GetValueOrDefault(groups[row], best[-1])) right++;
        }

        return rows - usual < FewestOfAKind ? double.NaN : (double)(right - usual) / (rows - usual);
    }

    private static double RSquared(int[] groups, double[] labels)
    {
        var means = Means(groups, labels);
        double sum = 0;
        int rows = 0;
        for (int row = 0; row < groups.Length; row++)
        {
            if (!IsJudged(row)) continue;
            if (double.IsNaN(labels[row])) continue;
            sum += labels[row];
            rows++;
        }

        double mean = sum / rows;
        double error = 0;
        double spread = 0;
        for (int row = 0; row < groups.Length; row++)
        {
            if (!IsJudged(row)) continue;
            if (double.IsNaN(labels[row])) continue;
            error += Math.Pow(labels[row] - means[groups[row]], 2);
            spread += Math.Pow(labels[row] - mean, 2);
        }

        return rows < 2 * FewestOfAKind || spread == 0 ? double.NaN : 1 - (error / spread);
    }

    // the mean label of each group on the learning half, drawn to the overall mean by one row
    private static double[] Means(int[] groups, double[] labels)
    {
        int most = groups.Length == 0 ? 0 : groups.Max();
        var sums = new double[most + 1];
        var rows = new double[most + 1];
        for (int row = 0; row < groups.Length; row++)
        {
            if (IsJudged(row)) continue;
            if (double.IsNaN(labels[row])) continue;
            sums[groups[row]] += labels[row];
            rows[groups[row]]++;
        }

        double mean = sums.Sum() / Math.Max(rows.Sum(), 1);
        for (int i = 0; i <= most; i++) sums[i] = (sums[i] + mean) / (rows[i] + 1);
        return sums;
    }
}
