namespace Sundry.Data;

/// <summary>
/// Looks at each feature alone: what training rows say of each of its values (numbers: of each of 256 quantile ranges) is the prediction for validation rows. A feature
/// that gets the label almost always right, on training and on validation rows, is reported. Both, since a handful of validation rows is sorted by luck, and ids that
/// occur once are right in training always.
/// </summary>
public static class LeakageGuard
{
    /// <summary>The figure from which on a feature is reported.</summary>
    public const double DefaultThreshold = 0.995;

    private const int TrainingRows = 1 << 17;
    private const int ValidationRows = 1 << 16;
    private const int Ranges = 256;

    /// <summary>The features that give a label away, one entry a feature and task, the clearest first.</summary>
    /// <param name="data">The prepared data; at most 131,072 training and 65,536 validation rows of it are read.</param>
    /// <param name="threshold">The figure from which on a feature is reported; at 1 nothing is.</param>
    public static IReadOnlyList<Leak> Find(Dataset data, double threshold = DefaultThreshold)
    {
        ArgumentNullException.ThrowIfNull(data);
        var leaks = new List<Leak>();
        if (threshold >= 1) return leaks;
        var layout = data.Layout;
        var features = data.Encoder.Features;
        var train = new LeakageSample(data.Train, TrainingRows);
        var validation = new LeakageSample(data.Validation, ValidationRows);
        int id = 0, number = 0, bag = 0;
        foreach (var feature in features)
        {
            // a number is looked at as the id of its range
            var columns = new List<(int[] Train, int[] Validation, int Rows)>();
            for (int i = id; i < id + feature.IdCount; i++) columns.Add((train.Ids[i], validation.Ids[i], layout.Ids[i].Rows));
            for (int i = number; i < number + feature.NumberCount; i++)
            {
                var edges = Edges(train.Numbers[i]);
                columns.Add((InRanges(train.Numbers[i], edges), InRanges(validation.Numbers[i], edges), edges.Length + 1));
            }

            for (int task = 0; task < layout.Tasks.Count; task++)
            {
                double figure = double.NegativeInfinity;
                foreach (var (trainIds, validationIds, rows) in columns) figure = Math.Max(figure, Judge(train, validation, task, layout, trainIds, validationIds, rows, threshold));
                for (int i = bag; i < bag + feature.BagCount; i++) figure = Math.Max(figure, JudgeBag(train, validation, task, layout, i, threshold));
                if (figure >= threshold) leaks.Add(new Leak(feature.Name, layout.Tasks[task].Name, Measure(layout.Tasks[task].Type), figure));
            }

            id += feature.IdCount;
            number += feature.NumberCount;
            bag += feature.BagCount;
        }

        leaks.Sort(static (a, b) => b.Figure.CompareTo(a.Figure));
        return leaks;
    }

    /// <summary>Stops where a feature gives a label away, unless the options allow it by name.</summary>
    /// <exception cref="InputException">A feature does; the message names every one, with its figure.</exception>
    public static void Check(Dataset data, DataOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var leaks = Find(data, options.LeakThreshold).Where(leak => !options.AllowLeak.Contains(leak.Feature)).ToList();
        if (leaks.Count == 0) return;
        var names = string.Join(", ", leaks.Select(leak => leak.Feature).Distinct());
        var found = string.Join("; ", leaks.Select(leak => $"'{leak.Feature}' alone predicts task '{leak.Task}' with {leak.Measure} {leak.Figure:0.0000} on validation"));
        throw new InputException($"{found}; such a column is mostly written after what is to be predicted: add it to 'exclude', or, if it is known in time, to 'data.allow_leak' ([{names}])");
    }

    private static string Measure(TaskType type) => type switch
    {
        TaskType.Binary => "AUC",
        TaskType.Multiclass => "errors removed",
        _ => "R²",
    };

    private static double Judge(LeakageSample train, LeakageSample validation, int task, Layout layout, int[] trainIds, int[] validationIds, int rows, double threshold)
    {
        var labels = train.Labels[task];
        if (layout.Tasks[task].Type == TaskType.Multiclass)
        {
            int classes = layout.Tasks[task].Classes.Count;
            var guesses = LeakageScore.FrequentClasses(trainIds, labels, rows, classes);
            return Smaller(LeakageScore.ErrorsRemoved(trainIds, labels, guesses, classes), () => LeakageScore.ErrorsRemoved(validationIds, validation.Labels[task], guesses, classes), threshold);
        }

        var means = LeakageScore.Means(trainIds, labels, rows);
        return Score(layout.Tasks[task].Type, LeakageScore.Pick(means, trainIds), labels, LeakageScore.Pick(means, validationIds), validation.Labels[task], threshold);
    }

    private static double JudgeBag(LeakageSample train, LeakageSample validation, int task, Layout layout, int bag, double threshold)
    {
        // a bag's guess at a class would need more than means
        if (layout.Tasks[task].Type == TaskType.Multiclass) return double.NegativeInfinity;
        var means = LeakageScore.Means(train.BagEnds[bag], train.BagIds[bag], train.Labels[task], layout.Bags[bag].Rows);
        return Score(
            layout.Tasks[task].Type,
            LeakageScore.Pick(means, train.BagEnds[bag], train.BagIds[bag]),
            train.Labels[task],
            LeakageScore.Pick(means, validation.BagEnds[bag], validation.BagIds[bag]),
            validation.Labels[task],
            threshold);
    }

    private static double Score(TaskType type, float[] trainScores, float[] trainLabels, float[] scores, float[] labels, double threshold) => type == TaskType.Binary
        ? Smaller(LeakageScore.Auc(trainScores, trainLabels), () => LeakageScore.Auc(scores, labels), threshold)
        : Smaller(LeakageScore.RSquared(trainScores, trainLabels), () => LeakageScore.RSquared(scores, labels), threshold);

    // most features fail in training already
    private static double Smaller(double training, Func<double> validation, double threshold) => training >= threshold ? validation() : double.NegativeInfinity;

    private static float[] Edges(float[] values)
    {
        var sorted = (float[])values.Clone();
        Array.Sort(sorted);
        return QuantileBuckets.Fit(sorted, Ranges);
    }

    private static int[] InRanges(float[] values, float[] edges)
    {
        var ranges = new int[values.Length];
        for (int i = 0; i < values.Length; i++) ranges[i] = NumberEncoder.Bucket(edges, values[i]);
        return ranges;
    }
}
