using Sundry.Data;

namespace Sundry.Tests.Training;

/// <summary>
/// Rows made by a formula, so that another program can make the same: the golden values of these tests were computed on
/// them with scikit-learn 1.2.1 (float32 predictions widened to float64; log loss clipped at 2⁻²³).
/// </summary>
internal static class GoldenRows
{
    public const int Count = 400;

    /// <summary>101 different values, 0 and 1 among them: every one tied about four times.</summary>
    public static readonly float[] Probabilities = Make(i => (float)(i * 7919 % 101 / 100.0));

    public static readonly float[] Labels = Make(i => (i * 31 + i * i * 17) % 97 < 20 + 60 * (double)Probabilities[i] ? 1 : 0);

    public static readonly float[] Weights = Make(i => i * 13 % 7 + .5f);

    public static readonly float[] Values = Make(i => (float)(i * 37 % 53 / 10.0));

    public static readonly float[] Estimates = Make(i => Values[i] * .75f + i % 5 * .25f + .125f);

    public static readonly float[] Counts = Make(i => i * 29 % 6);

    public static readonly float[] Classes = Make(i => (i * i + i * 53) % 13 % 3);

    /// <summary>[Count, 3]</summary>
    public static readonly float[] ClassProbabilities = MakeClasses();

    public static TaskSchema Task(TaskType type, string metric = "") =>
        new("task", type, type == TaskType.Multiclass ? ["a", "b", "c"] : type == TaskType.Binary ? ["no", "yes"] : [], 1, "", 1, metric, null, 1);

    /// <summary>Seeded rows for tests that need many of them: scores that know something about the labels, tied at a resolution.</summary>
    public static (float[] Scores, float[] Labels, float[] Weights) Random(int count, int seed, double resolution = 0, double share = .3)
    {
        var random = new Random(seed);
        var scores = new float[count];
        var labels = new float[count];
        var weights = new float[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = random.NextDouble() < share ? 1 : 0;
            double score = Math.Clamp(.25 + .2 * labels[i] + .5 * random.NextDouble(), 0, 1);
            scores[i] = (float)(resolution > 0 ? Math.Round(score / resolution) * resolution : score);
            weights[i] = random.Next(0, 4);
        }

        return (scores, labels, weights);
    }

    private static float[] Make(Func<int, float> value) => [.. Enumerable.Range(0, Count).Select(value)];

    private static float[] MakeClasses()
    {
        var result = new float[Count * 3];
        for (int i = 0; i < Count; i++)
        {
            double a = 1 + i * 11 % 17, b = 1 + i * 23 % 19, c = 1 + i * 5 % 13, sum = a + b + c;
            (result[3 * i], result[3 * i + 1], result[3 * i + 2]) = ((float)(a / sum), (float)(b / sum), (float)(c / sum));
        }

        return result;
    }
}
