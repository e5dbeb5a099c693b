namespace Sundry.Serving;

/// <summary>
/// Maximal marginal relevance: place by place the item with the greatest λ relevance − (1 − λ) likeness to the most alike item above it. Relevance is the score between the pool's
/// least, 0, and greatest, 1. Carbonell and Goldstein, "The use of MMR, diversity-based reranking", SIGIR 1998.
/// </summary>
internal static class Diversity
{
    /// <summary>Places candidates until the answer is full or none is left: those of the pool by marginal relevance, the others after them by score.</summary>
    public static void Place(AnswerDraft answer, ReadOnlySpan<RankedItem> ranked, double relevance, int pool, IItemSimilarity similarity, DiversityRoom room)
    {
        var among = ranked[..Math.Min(pool, ranked.Length)];
        room.Make(among.Length, among.Length + answer.Total);
        var items = Items(answer, among, room);
        using var alike = similarity.Among(items);
        var left = Left(answer, among, room);
        var (nearest, relevant) = (room.Nearest, room.Relevant);
        Relevance(among, relevance, relevant);
        for (var seen = 0; !answer.IsFull && left.Length > 0;)
        {
            // pins have got places in between
            for (; seen < answer.Items.Count; seen++) alike.Raise(left, items.IndexOf(answer.Items[seen].Item), nearest);
            var (best, most) = (0, double.NegativeInfinity);
            for (var l = 0; l < left.Length; l++)
            {
                var value = relevant[left[l]] - (1 - relevance) * nearest[left[l]];
                if (value > most) (best, most) = (l, value);
            }

            var chosen = among[left[best]];
            left[(best + 1)..].CopyTo(left[best..]);
            left = left[..^1];
            answer.Place(chosen.Item, chosen.Score, chosen.Notes, chosen.Facts);
        }

        foreach (var r in ranked[among.Length..]) answer.Place(r.Item, r.Score, r.Notes, r.Facts);
    }

    private static ReadOnlySpan<int> Items(AnswerDraft answer, ReadOnlySpan<RankedItem> among, DiversityRoom room)
    {
        var count = 0;
        foreach (var r in among) room.Items[count++] = r.Item;
        foreach (var placed in answer.Items) room.Items[count++] = placed.Item;
        foreach (var coming in answer.Coming) room.Items[count++] = coming;
        return room.Items.AsSpan(0, count);
    }

    private static Span<int> Left(AnswerDraft answer, ReadOnlySpan<RankedItem> among, DiversityRoom room)
    {
        var count = 0;
        for (var i = 0; i < among.Length; i++)
            if (!answer.Has(among[i].Item)) room.Left[count++] = i;
        return room.Left.AsSpan(0, count);
    }

    private static void Relevance(ReadOnlySpan<RankedItem> among, double relevance, double[] relevant)
    {
        if (among.IsEmpty) return;
        var (least, range) = (among[^1].Score, among[0].Score - among[^1].Score);
        for (var i = 0; i < among.Length; i++) relevant[i] = relevance * (range > 0 ? (among[i].Score - least) / range : 1);
    }
}
