namespace Sundry.Serving;

/// <summary>The candidates of one request that may be shown, each once, best first. It keeps its room from request to request.</summary>
internal sealed class RankedItems
{
    private readonly ItemTable _table = new();
    private double[] _scores = [];
    private double[] _keys = [];
    private int[] _order = [];
    private RankedItem[] _ranked = [];
    private RankedItem[] _chosen = [];
    private int _count;

    /// <summary>What the diversity of an answer is computed with.</summary>
    public DiversityRoom Diversity { get; } = new();

    /// <summary>Items that the answer has.</summary>
    public ItemTable Has { get; } = new();

    /// <summary>Judges and orders candidates in any order; of one that is there twice the higher score counts.</summary>
    public void Rank(RuleJudge judge, ReadOnlySpan<Candidate> candidates, ItemShelf shelf, (double Factor, RuleExpression Where)[] boosts)
    {
        Make(candidates.Length);
        _table.Clear();
        foreach (var (item, score) in candidates)
        {
            // a score that is no number is the least there is
            var value = float.IsNaN(score) ? float.MinValue : Math.Clamp(score, float.MinValue, float.MaxValue);
            var known = _table.Count;
            var place = _table.Take(item);
            _scores[place] = place == known ? value : Math.Max(_scores[place], value);
        }

        _count = 0;
        for (var i = 0; i < _table.Count; i++)
        {
            var item = _table.Items[i];
            if (!judge.Judge(item, shelf, out var relaxed, out var facts)) continue;
            var (score, notes) = (_scores[i], relaxed);
            foreach (var (factor, where) in boosts)
            {
                if (!where.Holds(judge.Scope(facts))) continue;
                score = score < 0 ? score / factor : score * factor;
                notes |= RuleNotes.Boosted;
            }

            (_keys[_count], _order[_count]) = (-score, _count);
            _ranked[_count++] = new RankedItem(item, score, notes, relaxed, facts);
        }

        Sort();
    }

    /// <summary>Those for which this must give way, best first, until the next call.</summary>
    public ReadOnlySpan<RankedItem> Of(RuleNotes relaxed)
    {
        var count = 0;
        foreach (var place in _order.AsSpan(0, _count))
            if (_ranked[place].Relaxed == relaxed) _chosen[count++] = _ranked[place];
        return _chosen.AsSpan(0, count);
    }

    // by score, then by number
    private void Sort()
    {
        Array.Sort(_keys, _order, 0, _count);
        for (var i = 1; i < _count; i++)
        {
            var place = _order[i];
            var at = i;
            for (; at > 0 && _keys[at - 1] == _keys[i] && _ranked[_order[at - 1]].Item > _ranked[place].Item; at--) _order[at] = _order[at - 1];
            _order[at] = place;
        }
    }

    private void Make(int count)
    {
        if (_scores.Length >= count) return;
        (_scores, _keys, _order) = (new double[count], new double[count], new int[count]);
        (_ranked, _chosen) = (new RankedItem[count], new RankedItem[count]);
    }
}
