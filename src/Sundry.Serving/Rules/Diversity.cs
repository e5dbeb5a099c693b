namespace Sundry.Serving;

/// <summary>
/// Maximal marginal relevance: place by place the item with the greatest λ relevance − (1 − λ) likeness to the most alike item above it. Relevance is the score between the pool's
/// least, 0, and greatest, 1. Carbonell and Goldstein, "The use of MMR, diversity-based reranking", SIGIR 1998.
/// </summary>
internal static class Diversity
{
    /// <summary>Places candidates until the answer is full or none is left: those of the pool by marginal relevance, the others after them by score.</summary>
    public static void Place(AnswerDraft answer, List<RankedItem> ranked, double relevance, int pool, IItemSimilarity similarity)
    {
        var among = ranked[..Math.Min(pool, ranked.Count)];
        List<int> items = [.. among.Select(r => r.Item), .. answer.Items.Select(i => i.Item), .. answer.Coming];
        var alike = similarity.Among(items);
        var (least, range) = among.Count == 0 ? (0, 0) : (among[^1].Score, among[0].Score - among[^1].Score);
        var nearest = new double[among.Count];
        var left = Enumerable.Range(0, among.Count).Where(i => !answer.Has(among[i].Item)).ToList();
        for (var seen = 0; !answer.IsFull && left.Count > 0;)
        {
            // pins have got places in between
            for (; seen < answer.Items.Count; seen++)
            {
                var above = items.IndexOf(answer.Items[seen].Item);
                foreach (var i in left) nearest[i] = Math.Max(nearest[i], alike(i, above));
            }

            var (best, most) = (0, double.NegativeInfinity);
            for (var l = 0; l < left.Count; l++)
            {
                var score = range > 0 ? (among[left[l]].Score - least) / range : 1;
                var value = relevance * score - (1 - relevance) * nearest[left[l]];
                if (value > most) (best, most) = (l, value);
            }

            var chosen = among[left[best]];
            left.RemoveAt(best);
            answer.Place(chosen.Item, chosen.Score, chosen.Notes, chosen.Facts);
        }

        foreach (var r in ranked.Skip(among.Count)) answer.Place(r.Item, r.Score, r.Notes, r.Facts);
    }
}
