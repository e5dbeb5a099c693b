using System.Collections.Concurrent;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>
/// A scenario's rules, read once: they turn scored candidates into an answer. What is hidden, sold out, blocked, bought a short while ago or named by a hard filter is never in it, no
/// cap is exceeded, and pins have their places. An answer that would have too few items takes, in this order: items to fill up with, items of the shelf,
/// seen items, items of soft filters, and those that are both. It depends on the set of candidates, not on their order.
/// </summary>
public sealed class RuleSet
{
    private readonly RuleOptions _options;
    private readonly (RuleExpression Where, bool Soft)[] _filters;
    private readonly (int Name, int AtMost)[] _caps;
    private readonly (PinRule Pin, RuleExpression? Where)[] _pins;
    private readonly (double Factor, RuleExpression Where)[] _boosts;
    private readonly ConcurrentBag<RankedItems> _free = [];

    private RuleSet(RuleOptions options, string scenario, RuleNames names)
    {
        bool Here(IReadOnlyList<string> scenarios) => scenarios.Count == 0 || scenarios.Contains(scenario);
        _options = options;
        _filters = [.. options.Filters.Where(f => Here(f.Scenarios)).Select(f => (RuleExpression.Parse(f.Where, names), f.Soft))];
        _caps = [.. options.Caps.Where(c => Here(c.Scenarios)).Select(c => (names.Item.FindOrAdd(c.By), c.AtMost))];
        _pins = [.. options.Pins.Where(p => Here(p.Scenarios)).Select(p => (p, p.Where is { } where ? RuleExpression.Parse(where, names) : null))];
        _boosts = [.. options.Boosts.Where(b => Here(b.Scenarios)).Select(b => (b.Factor, RuleExpression.Parse(b.Where, names)))];
    }

    /// <summary>Reads a scenario's rules.</summary>
    /// <param name="options">The shop's rules.</param>
    /// <param name="scenario">The scenario's name.</param>
    /// <param name="names">The attributes' names; those of facts that the rules are asked about.</param>
    /// <exception cref="InputException">A rule is none.</exception>
    public static RuleSet Compile(RuleOptions options, string scenario, RuleNames names)
    {
        if (options.Caps.FirstOrDefault(c => c.AtMost < 1) is { } cap) throw new InputException($"the cap by '{cap.By}' allows {cap.AtMost} items; allow at least 1, or write a filter");
        if (options.Pins.FirstOrDefault(p => p.Place < 1) is { } pin) throw new InputException($"item {pin.Item} is pinned to place {pin.Place}; places count from 1");
        if (options.Boosts.FirstOrDefault(b => !(b.Factor > 0) || !double.IsFinite(b.Factor)) is { } boost) throw new InputException($"the boost where {boost.Where} has the factor {boost.Factor}; write a number above 0");
        if (options.Relevance is not (>= 0 and <= 1)) throw new InputException($"relevance {options.Relevance} is not from 0 to 1");
        if (options.DiversityPool < 1) throw new InputException($"diversity_pool {options.DiversityPool} is below 1");
        if (options.AtLeast < 0) throw new InputException($"at_least {options.AtLeast} is below 0");
        return new RuleSet(options, scenario, names);
    }

    /// <summary>Makes an answer.</summary>
    /// <param name="request">Whom for.</param>
    /// <param name="candidates">Scored items in any order; of one that is there twice the higher score counts.</param>
    /// <param name="shelf">The items as they are now.</param>
    /// <param name="similarity">How alike items are; null: no diversity.</param>
    /// <param name="fill">Items to fill up with where candidates are too few, the best first, such as popular ones.</param>
    public IReadOnlyList<RuledItem> Apply(RuleRequest request, ReadOnlySpan<Candidate> candidates, ItemShelf shelf, IItemSimilarity? similarity = null, IReadOnlyList<int>? fill = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Count, 1);
        var ranked = _free.TryTake(out var free) ? free : new RankedItems();
        var judge = new RuleJudge(_options, _filters, request, needsFacts: _filters.Length + _caps.Length + _boosts.Length > 0);
        var answer = new AnswerDraft(request.Count, _caps, Pins(judge, request, shelf), ranked.Has);
        ranked.Rank(judge, candidates, shelf, _boosts);
        for (var relaxed = RuleNotes.None; relaxed <= (RuleNotes.Seen | RuleNotes.Relaxed); relaxed = RuleJudge.Next(relaxed))
        {
            var most = relaxed == RuleNotes.None ? request.Count : _options.AtLeast;
            if (answer.Total >= most) break;
            var now = ranked.Of(relaxed);
            if (relaxed == RuleNotes.None && similarity is not null && _options.Relevance < 1) Diversity.Place(answer, now, _options.Relevance, _options.DiversityPool, similarity, ranked.Diversity);
            else foreach (var r in now) Place(answer, r, most);
            if (answer.Total >= most) continue;
            Fill(judge, answer, shelf, fill ?? [], relaxed, most);
            // the shelf has no order that anybody would like to see: only as much of it as must be
            if (answer.Total < _options.AtLeast) Fill(judge, answer, shelf, Enumerable.Range(0, shelf.Count), relaxed, _options.AtLeast);
        }

        var finished = answer.Finish();
        _free.Add(ranked);
        return finished;
    }

    private static void Place(AnswerDraft answer, in RankedItem item, int most)
    {
        if (answer.Total < most) answer.Place(item.Item, item.Score, item.Notes, item.Facts);
    }

    private static void Fill(RuleJudge judge, AnswerDraft answer, ItemShelf shelf, IEnumerable<int> items, RuleNotes relaxed, int most)
    {
        foreach (var item in items)
        {
            if (answer.Total >= most) return;
            if (!answer.Has(item) && shelf[item] is { } known && judge.Judge(item, known, out var needs) && needs == relaxed)
                answer.Place(item, double.NaN, RuleNotes.Filled | relaxed, known.Facts);
        }
    }

    private List<(int Place, int Item, Facts Facts)> Pins(RuleJudge judge, RuleRequest request, ItemShelf shelf)
    {
        var pins = new List<(int Place, int Item, Facts Facts)>();
        foreach (var (pin, where) in _pins)
        {
            if (pin.Place > request.Count || shelf[pin.Item] is not { } known || !judge.Judge(pin.Item, known, out _)) continue;
            if (where is not null && !where.Holds(new RuleScope(known.Facts, request.User, request.Context))) continue;
            if (!pins.Exists(p => p.Place == pin.Place || p.Item == pin.Item)) pins.Add((pin.Place, pin.Item, known.Facts));
        }

        pins.Sort((a, b) => a.Place.CompareTo(b.Place));
        return pins;
    }
}
