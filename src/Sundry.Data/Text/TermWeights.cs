namespace Sundry.Data;

/// <summary>
/// TF-IDF: a term counts as often as its text holds it, times ln((1 + n) / (1 + df)) + 1, where df of n training texts hold it; a text's weights are then divided by their
/// Euclidean length (Salton and Buckley, 1988, smoothed as scikit-learn's <c>TfidfVectorizer</c> does).
/// </summary>
public sealed class TermWeights
{
    private readonly float[] _rarity;

    internal TermWeights(float[] rarity) => _rarity = rarity;

    /// <summary>By row of the table: ln((1 + n) / (1 + df)) + 1.</summary>
    public ReadOnlySpan<float> Rarity => _rarity;

    /// <summary>Weighs a text's terms.</summary>
    /// <param name="ids">Its terms, equal ones beside each other.</param>
    /// <param name="distinct">[ids] receives each term once.</param>
    /// <param name="weights">[ids] receives the weights.</param>
    /// <returns>How many there are.</returns>
    public int Weigh(ReadOnlySpan<int> ids, Span<int> distinct, Span<float> weights)
    {
        int count = 0;
        double squares = 0;
        for (int i = 0; i < ids.Length;)
        {
            int end = i + 1;
            while (end < ids.Length && ids[end] == ids[i]) end++;
            double weight = (end - i) * (double)_rarity[ids[i]];
            distinct[count] = ids[i];
            weights[count++] = (float)weight;
            squares += weight * weight;
            i = end;
        }

        float share = squares > 0 ? (float)(1 / Math.Sqrt(squares)) : 0;
        foreach (ref float weight in weights[..count]) weight *= share;
        return count;
    }

    /// <summary>Fits the rarities.</summary>
    /// <param name="texts">The training texts, those without a word among them.</param>
    /// <param name="holding">By row of the table: how many of them hold a term of it.</param>
    internal static TermWeights Fit(long texts, ReadOnlySpan<int> holding)
    {
        var rarity = new float[holding.Length];
        for (int row = 0; row < rarity.Length; row++) rarity[row] = (float)(Math.Log((1.0 + texts) / (1.0 + holding[row])) + 1);
        return new TermWeights(rarity);
    }
}
