using System.Runtime.InteropServices;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>From values to the items of the answer.</summary>
internal sealed partial class RequestRun
{
    private static readonly string[][] s_notes = [.. Enumerable.Range(0, 32).Select(bits => NotesOf((RuleNotes)bits))];
    private static readonly string[] s_popular = ["popular"];
    private static readonly string[] s_new = ["new"];

    private IReadOnlyList<RuledItem> Apply(Scenario scenario, RuleRequest asked, string? category)
    {
        var candidates = _room.Scored(_candidates);
        for (var i = 0; i < candidates.Length; i++)
            candidates[i] = new Candidate(Candidates[i].Item, _valued ? (float)Values[i] : 1 - (float)i / candidates.Length);
        int[]? fill = null;
        for (var round = 0; ; round++)
        {
            var ruled = scenario.Rules.Apply(asked, candidates, shop.Memory.Shelf, scenario.Similarity, fill);
            if (ruled.Count < asked.Count && fill is null)
            {
                fill = [.. Popular(category, asked.Count + Filling, asked).Select(c => c.Item)];
                if (fill.Length > 0) continue;
            }

            // an item may have been sold out while the rules were at others
            if (AreOnSale(ruled)) return ruled;
            if (round >= Rechecks) return [.. ruled.Where(i => shop.Memory.Shelf.OnSale[i.Item])];
        }
    }

    private bool AreOnSale(IReadOnlyList<RuledItem> ruled)
    {
        for (var i = 0; i < ruled.Count; i++)
            if (!shop.Memory.Shelf.OnSale[ruled[i].Item]) return false;
        return true;
    }

    private AnswerItem[] Compose(RecommendRequest request, Scenario scenario, IReadOnlyList<RuledItem> ruled, ScoringWorker? worker)
    {
        // no candidate is there twice: its place in the table is its place among them
        _room.Places.Clear();
        foreach (var candidate in Candidates) _room.Places.Take(candidate.Item);
        var made = new AnswerItem[ruled.Count];
        using (shop.Live.Read())
        {
            var reasons = request.Explain ? new AnswerReasons(shop.Indexes, _visitor, _items, request, _room) : null;
            for (var i = 0; i < made.Length; i++)
            {
                var (item, score, notes) = ruled[i];
                var place = _room.Places.Find(item);
                var sources = place >= 0 && Candidates[place].Sources != 0 ? scenario.SourcesOf(Candidates[place].Sources)
                    : place < 0 && !notes.HasFlag(RuleNotes.Filled) ? [] : _unseen?.Contains(item) == true ? s_new : s_popular;
                made[i] = new AnswerItem
                {
                    Id = shop.Memory.Known.Items.Text(item),
                    Score = _valued && place >= 0 ? double.IsNaN(score) ? Values[place] : score : null,
                    Tasks = _valued && place >= 0 ? Tasks(worker!, place) : AnswerItem.NoTasks,
                    Sources = sources,
                    Reasons = reasons?.Of(item, sources) ?? [],
                    Notes = s_notes[(int)notes],
                };
            }
        }

        return made;
    }

    private TaskOutputs Tasks(ScoringWorker worker, int row)
    {
        var heads = shop.Model!.Heads;
        var tasks = new double[heads.Count];
        for (var h = 0; h < tasks.Length; h++)
        {
            var outputs = worker.Outputs(h, _candidates).Slice(row * heads[h].Outputs, heads[h].Outputs);
            tasks[h] = outputs.Length == 1 ? outputs[0] : Likeliest(outputs);
        }

        return new TaskOutputs(shop.Model.TaskNames, tasks);
    }

    private static int Likeliest(ReadOnlySpan<float> outputs)
    {
        var best = 0;
        for (var c = 1; c < outputs.Length; c++)
            if (outputs[c] > outputs[best]) best = c;
        return best;
    }

    /// <summary>Orders given items for a visitor.</summary>
    /// <param name="request">The request.</param>
    /// <param name="scenario">Its scenario.</param>
    /// <param name="worker">What to score with; null: nothing is scored.</param>
    /// <returns>The items; null where the shop's memory has been replaced, and another run must be made.</returns>
    public AnswerItem[]? Rank(RankRequest request, Scenario scenario, ScoringWorker? worker)
    {
        _degraded.AddRange(scenario.Missing);
        if (shop.Model is null) _degraded.Add("no_model");
        var ids = request.Items.Distinct(StringComparer.Ordinal).ToArray();
        var as1 = new RecommendRequest
        {
            User = request.User,
            Session = request.Session,
            Scenario = request.Scenario,
            Count = ids.Length,
            Context = request.Context,
            Explain = false,
        };
        RuleRequest asked;
        using (shop.Live.Read())
        {
            if (shop.Live.Now != shop.Memory) return null;
            Begin(request.User, request.Session);
            asked = Asked(as1, [], null);
            _candidates = ids.Length;
            for (var i = 0; i < ids.Length; i++) Candidates[i] = new BlendedCandidate(shop.Memory.Item(ids[i]), 0, 0);
            End(0);
            using (Instruments.Activities.StartActivity("features"))
                if (worker is not null) EncodeGiven(as1, ids, worker);
            End(1);
        }

        using (Instruments.Activities.StartActivity("score"))
            if (worker is not null) Score(scenario, worker);
        End(2);
        // those that there was no time for keep their order behind the others
        int[] order = [.. Enumerable.Range(0, ids.Length).OrderByDescending(i => i < Values.Length ? Values[i] : double.NegativeInfinity)];
        if (request.Rules) order = Ruled(scenario, asked, order);
        End(3);
        return [.. order.Select(i => new AnswerItem
        {
            Id = ids[i],
            Score = i < Values.Length ? Values[i] : null,
            Tasks = i < Values.Length ? Tasks(worker!, i) : AnswerItem.NoTasks,
        })];
    }

    private void EncodeGiven(RecommendRequest request, string[] ids, ScoringWorker worker)
    {
        if (IsLate)
        {
            _degraded.Add("not_scored");
            return;
        }

        var shown = Shown();
        worker.Begin(ref shown, request.User, request.Session, request.Scenario, null, request.Context);
        if (shop.IsCalm) worker.Divide(ids.Length, shop.Pace);
        for (var i = 0; i < ids.Length; i++)
        {
            var item = Candidates[i].Item;
            (shown.Item, shown.Price) = item >= 0 ? (item, shop.Memory.Price(item)) : (worker.Stranger(ids[i]), float.NaN);
            worker.Add(shown);
        }

        Scored = ids.Length;
    }

    private int[] Ruled(Scenario scenario, RuleRequest asked, int[] order)
    {
        var places = new Dictionary<int, int>();
        var candidates = new List<Candidate>();
        for (var i = 0; i < order.Length; i++)
        {
            var item = _candidates > order[i] ? Candidates[order[i]].Item : -1;
            if (item < 0) continue;
            places[item] = order[i];
            candidates.Add(new Candidate(item, order[i] < Values.Length ? (float)Values[order[i]] : -i));
        }

        var ruled = scenario.Rules.Apply(asked, CollectionsMarshal.AsSpan(candidates), shop.Memory.Shelf, scenario.Similarity);
        // what rules would add was not asked for
        return [.. ruled.Where(r => places.ContainsKey(r.Item)).Select(r => places[r.Item])];
    }

    private static string[] NotesOf(RuleNotes notes) =>
        [.. Enum.GetValues<RuleNotes>().Where(n => n != RuleNotes.None && notes.HasFlag(n)).Select(n => ConfigWords.Of(n))];
}
