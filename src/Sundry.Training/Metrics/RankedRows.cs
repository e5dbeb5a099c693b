namespace Sundry.Training;

/// <summary>
/// The rows that count, in ascending order of score: what AUC, PR-AUC, calibration error and the curves walk over.
/// Sorted once; a resample only brings other weights.
/// </summary>
internal sealed class RankedRows
{
    private RankedRows(int count)
    {
        Scores = new float[count];
        Labels = new double[count];
        Weights = new double[count];
        EndsTie = new bool[count];
        Rows = new int[count];
    }

    public int Count => Rows.Length;

    /// <summary>Ascending.</summary>
    public float[] Scores { get; }

    public double[] Labels { get; }

    public double[] Weights { get; }

    /// <summary>True at the last row of every run of equal scores.</summary>
    public bool[] EndsTie { get; }

    /// <summary>Which of the rows that count, in their given order, stands at this rank.</summary>
    public int[] Rows { get; }

    /// <summary>Ranks the rows; null where a row that counts has a NaN score, which has no rank.</summary>
    public static RankedRows? Of(ReadOnlySpan<float> scores, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
    {
        var rows = new LabelledRows(scores, labels, weights);
        int count = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            if (!(rows.Weight(i) > 0)) continue;
            if (float.IsNaN(scores[i])) return null;
            count++;
        }

        var ranked = new RankedRows(count);
        var kept = new (float Label, double Weight)[count];
        int next = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            double weight = rows.Weight(i);
            if (!(weight > 0)) continue;
            ranked.Scores[next] = scores[i];
            ranked.Rows[next] = next;
            kept[next++] = (labels[i], weight);
        }

        Array.Sort(ranked.Scores, ranked.Rows);
        for (int r = 0; r < count; r++)
        {
            (ranked.Labels[r], ranked.Weights[r]) = kept[ranked.Rows[r]];
            ranked.EndsTie[r] = r + 1 == count || ranked.Scores[r] != ranked.Scores[r + 1];
        }

        return ranked;
    }
}
