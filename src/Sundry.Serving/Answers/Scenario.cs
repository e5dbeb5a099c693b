using System.Buffers;
using System.Collections.Concurrent;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Serving;

/// <summary>A scenario, read once for a memory of the shop and a model.</summary>
internal sealed record Scenario
{
    private readonly ConcurrentDictionary<uint, string[]> _sources = [];

    private Scenario(string name, ScenarioOptions options, RuleSet rules, Blend blend) => (Name, Options, Rules, Blend) = (name, options, rules, blend);

    public string Name { get; }

    public ScenarioOptions Options { get; }

    public RuleSet Rules { get; }

    public Blend Blend { get; }

    /// <summary>Whether the first source searches for the query's words, so that its scores count beside the model's.</summary>
    public bool BySearch { get; private init; }

    /// <summary>How alike items are; null where the order is by value alone.</summary>
    public IItemSimilarity? Similarity { get; private init; }

    /// <summary>What makes one value of the outputs; null where nothing is scored.</summary>
    public ValueFormula? Formula { get; private init; }

    /// <summary>The formula's terms.</summary>
    public IReadOnlyList<ValueTerm> Terms { get; private init; } = [];

    /// <summary>[terms] the attribute's number that a term is multiplied by, or -1.</summary>
    public int[] Columns { get; private init; } = [];

    /// <summary>The order in words.</summary>
    public string Order { get; private init; } = "";

    /// <summary>What of it could not be used, as words for <see cref="Answer.Degraded"/>.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>Whether a pin waits for an item that is not there yet.</summary>
    public bool Waits { get; private init; }

    /// <summary>Reads it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="options">What it is made of.</param>
    /// <param name="rules">The shop's rules by name.</param>
    /// <param name="indexes">The shop.</param>
    /// <param name="names">The attributes' names.</param>
    /// <param name="model">The model, or null.</param>
    /// <param name="strict">Whether weights of tasks that the model does not have are refused; else they are left out.</param>
    /// <exception cref="InputException">A rule is none, or a weight names no task.</exception>
    public static Scenario Compile(
        string name, ScenarioOptions options, IReadOnlyCollection<KeyValuePair<string, RuleDocument>> rules, MemoryIndexes indexes, RuleNames names, ModelSnapshot? model, bool strict)
    {
        var waits = false;
        int Item(string id)
        {
            var item = indexes.Memory.Item(id);
            waits |= item < 0;
            return item;
        }

        var ruleSet = ScenarioRules.Compile(name, options, rules, names, Item);
        var sources = options.Sources.Count > 0 ? options.Sources : BuiltInScenarios.All[BuiltInScenarios.Home].Sources;
        // a source that this shop does not have, such as vectors, gives its quota to the others
        var present = sources.Where(s => indexes.Sources.ContainsKey(s.Key)).Select(s => (indexes.Sources[s.Key], s.Value)).ToArray();
        var (ranking, missing) = options.Score && model is not null ? Ranking(options.Value, model, strict) : (null, false);
        IReadOnlyList<ValueTerm> terms = ranking is null ? [] : ranking.Terms([.. model!.Heads.Select(h => h.Task)]);
        return new Scenario(name, options, ruleSet, new Blend(present))
        {
            BySearch = present.Length > 0 && present[0].Item1 is TextSource,
            Similarity = options.Relevance < 1 && options.AlikeBy.Count > 0 ? new CodedSimilarity(indexes.Codes, names, options.AlikeBy) : null,
            Formula = ranking?.Formula(),
            Terms = terms,
            Columns = [.. terms.Select(t => t.Column is { } column ? names.Item.FindOrAdd(column) : -1)],
            Order = ranking is null ? "the order of the sources" : $"{ConfigWords.Of(ranking.Method)}: {string.Join(" + ", ranking.Weights.Select(w => FormattableString.Invariant($"{w.Value:0.######} {w.Key}")))}",
            Missing = missing ? ["value"] : [],
            Waits = waits,
        };
    }

    /// <summary>The names of the sources in a candidate's bits.</summary>
    public IReadOnlyList<string> SourcesOf(uint bits) => _sources.TryGetValue(bits, out var names) ? names : _sources[bits] = [.. Blend.Names(bits)];

    /// <summary>The values of candidates that a worker has scored.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="candidates">The candidates, in the worker's order.</param>
    /// <param name="shelf">The items as they are now.</param>
    /// <param name="values">[candidates] takes the values.</param>
    public void Evaluate(ScoringWorker worker, ReadOnlySpan<BlendedCandidate> candidates, ItemShelf shelf, Span<double> values)
    {
        var count = candidates.Length;
        var floats = ArrayPool<float>.Shared.Rent((Terms.Count + 2) * count);
        var order = ArrayPool<int>.Shared.Rent(count);
        var outputs = floats.AsSpan(0, Terms.Count * count);
        var column = floats.AsSpan(Terms.Count * count, count);
        var keys = floats.AsSpan((Terms.Count + 1) * count, count);
        for (var t = 0; t < Terms.Count; t++)
        {
            if (Columns[t] >= 0)
                for (var i = 0; i < count; i++) column[i] = shelf[candidates[i].Item]?.Facts[Columns[t]] is { IsNumber: true, Number: var number } ? (float)number : 0;
            Terms[t].Outputs(worker.Outputs(Terms[t].Task, count), column, outputs.Slice(t * count, count));
        }

        Formula!.Evaluate(outputs, count, 0, values, keys, order.AsSpan(0, count));
        ArrayPool<float>.Shared.Return(floats);
        ArrayPool<int>.Shared.Return(order);
        if (!BySearch) return;
        // how well an item's words match counts as much as what it is worth
        var best = 0f;
        foreach (var candidate in candidates) best = Math.Max(best, candidate.Sources % 2 == 1 ? candidate.Score : 0);
        for (var i = 0; i < count && best > 0; i++) values[i] *= candidates[i].Sources % 2 == 1 ? candidates[i].Score / best : 0;
    }

    // the scenario's weights, else the model's ranking, else all tasks alike, whatever their units
    private static (RankingInfo Ranking, bool Missing) Ranking(ValueOptions value, ModelSnapshot model, bool strict)
    {
        var tasks = model.Heads.Select(h => h.Task).ToArray();
        var missing = false;
        if (value.Weights is { } given)
        {
            var weights = new OrderedDictionary<string, double>(StringComparer.Ordinal);
            foreach (var (term, weight) in given)
            {
                try
                {
                    ValueTerm.Read(term, tasks);
                    weights.Add(term, weight);
                }
                catch (InputException) when (!strict)
                {
                    missing = true;
                }
            }

            if (weights.Values.Any(w => w > 0)) return (new RankingInfo("", value.Method, weights, value.Top, value.Epsilon, new RankingGoal(), Fitted: false), missing);
        }

        if (model.Bundle.Ranking is { } own) return (own, missing);
        var alike = new OrderedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var task in tasks)
            if (ValueTerm.IsWhole(task)) alike.Add(task.Name, 1);
        if (alike.Count == 0) alike.Add($"{tasks[0].Name}.{tasks[0].Classes[^1]}", 1);
        return (new RankingInfo("", ValueMethod.RankAverage, alike, value.Top, value.Epsilon, new RankingGoal(), Fitted: false), missing);
    }
}
