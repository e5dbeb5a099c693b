using Sundry.Data;
using Sundry.Models;

namespace Sundry.Training;

/// <summary>Fits a value formula on some rows and judges it on others.</summary>
public sealed class RankingStudy
{
    private const int Steps = 12;

    private readonly RankingOptions _options;
    private readonly IReadOnlyList<TaskSchema> _tasks;
    private readonly string[] _names;
    private readonly ValueTerm[] _terms;
    private readonly ValueTerm _goal;

    /// <summary>Reads the terms.</summary>
    /// <param name="options">The formula and the goal.</param>
    /// <param name="tasks">The tasks, in the order of the predictions.</param>
    /// <exception cref="InputException">A term names no task or no class, or nothing is left to rank by.</exception>
    public RankingStudy(RankingOptions options, IReadOnlyList<TaskSchema> tasks)
    {
        _options = options;
        _tasks = tasks;
        _names = options.Value.Weights is { } weights ? [.. weights.Keys]
            : options.Value.Terms.Count > 0 ? [.. options.Value.Terms.Distinct(StringComparer.Ordinal)]
            : [.. tasks.Where(t => (t.Main || tasks.All(o => !o.Main)) && ValueTerm.IsWhole(t)).Select(t => t.Name)];
        if (_names.Length == 0) throw new InputException("ranking: no task has one output to rank by; name the terms under 'ranking.value.terms', such as 'interest.high'");
        _terms = [.. _names.Select(n => ValueTerm.Read(n, tasks))];
        _goal = ValueTerm.Read(options.Goal.Term, tasks);
    }

    /// <summary>Refuses rows on which nothing can be ranked, before any work is done for it.</summary>
    /// <param name="labels">[rows] the labels of the goal's task.</param>
    /// <param name="groups">The rows' groups.</param>
    /// <param name="part">What the rows are called.</param>
    /// <exception cref="InputException">No group has two rows, no row has a label of the goal, or no list holds a gain.</exception>
    public void Check(ReadOnlySpan<float> labels, GroupedRows groups, string part)
    {
        var known = 0;
        var sizes = new Dictionary<ulong, (int Rows, bool Gain)>();
        var column = _goal.Column is null ? -1 : groups.Columns.Numbers.ToList().IndexOf(_goal.Column);
        for (var i = 0; i < labels.Length; i++)
        {
            if (!float.IsNaN(labels[i])) known++;
            var (rows, gain) = sizes.GetValueOrDefault(groups.Groups[i]);
            sizes[groups.Groups[i]] = (rows + 1, gain || _goal.Gain(labels[i], column < 0 ? 0 : groups.Numbers(column)[i]) > 0);
        }

        if (known == 0) throw new InputException($"ranking: the {part} rows hold no label of '{_tasks[_goal.Task].Name}', which the goal {_options.Goal} needs; name another goal or give rows with that label");
        if (sizes.Values.All(s => s.Rows < 2)) throw new InputException($"ranking: every group of '{_options.Group}' in the {part} rows is a single row, so that there is nothing to order; name the column that the items of one list share");
        if (!sizes.Values.Any(s => s.Rows > 1 && s.Gain)) throw new InputException($"ranking: no list of the {part} rows holds a row that the goal {_options.Goal} counts; give more rows or name another goal");
    }

    /// <summary>The goal's task.</summary>
    public TaskSchema GoalTask => _tasks[_goal.Task];

    /// <summary>Fits the weights where they are not given, and judges.</summary>
    /// <param name="fit">Predictions to fit on, with their groups.</param>
    /// <param name="judged">Predictions to judge on; null for the same.</param>
    /// <param name="part">What the judged rows are called.</param>
    /// <param name="seed">Seed of the search.</param>
    /// <exception cref="InputException">The rows to fit on hold nothing to order.</exception>
    public RankingResult Run((IReadOnlyList<TaskPredictions> Predictions, GroupedRows Groups) fit, (IReadOnlyList<TaskPredictions> Predictions, GroupedRows Groups)? judged, string part, ulong seed)
    {
        Check(fit.Predictions[_goal.Task].Labels, fit.Groups, judged is null ? part : "validation");
        if (judged is { } test) Check(test.Predictions[_goal.Task].Labels, test.Groups, part);
        var value = _options.Value;
        var first = new RankingJudge(new RankingLists(_terms, _goal, fit.Predictions, fit.Groups), _options.Goal);
        double[] weights;
        double? reached = null;
        if (value.Weights is { } given) weights = [.. given.Values];
        else (weights, reached) = new RankingFit(first, value.Method, value.Top, value.Epsilon).Run(seed);

        var named = new OrderedDictionary<string, double>();
        for (var t = 0; t < _names.Length; t++) named.Add(_names[t], weights[t]);
        var ranking = new RankingInfo(_options.Group, value.Method, named, value.Top, value.Epsilon, _options.Goal, value.Weights is null);
        var formula = ranking.Formula();
        var last = judged is { } other ? new RankingJudge(new RankingLists(_terms, _goal, other.Predictions, other.Groups), _options.Goal) : first;
        return Judge(ranking, formula, first, last, part, reached);
    }

    private RankingResult Judge(RankingInfo ranking, ValueFormula formula, RankingJudge first, RankingJudge last, string part, double? reached)
    {
        var values = last.Lists.Values(formula);
        var ours = last.PerList(values);
        var scores = new List<RankingScore> { Score("value", values, ours, last) };
        var (best, most) = (0, double.NegativeInfinity);
        for (var t = 0; t < _terms.Length; t++)
        {
            var alone = RankingJudge.Alone(formula, t);
            var order = last.Lists.Values(alone);
            scores.Add(Score(_names[t], order, last.PerList(order), last));
            var goal = first.Goal(alone);
            if (goal > most) (best, most) = (t, goal);
        }

        var theirs = last.PerList(last.Lists.Values(RankingJudge.Alone(formula, best)));
        var (low, high) = RankingJudge.Interval(ours, theirs);
        var (mine, reference) = (RankingJudge.Mean(ours), RankingJudge.Mean(theirs));
        var difference = new MetricDifference(_options.Goal.Ndcg is null ? "revenue" : "ndcg", mine, reference, mine - reference, low, high, low > 0 ? Verdict.Gains : high < 0 ? Verdict.Loses : Verdict.Same);
        return new RankingResult(
            ranking, part, reached, last.Lists.Count, last.WithGain, last.Lists.Lone, scores, _names[best], difference, TradeOffs(formula, best, first, last));
    }

    private RankingScore Score(string name, double[] values, double[] perList, RankingJudge judge)
    {
        var (low, high) = RankingJudge.Interval(perList);
        var own = new OrderedDictionary<string, double?>();
        for (var t = 0; t < _names.Length; t++)
        {
            var ndcg = judge.NdcgOf(t, values);
            own.Add(_names[t], double.IsNaN(ndcg) ? null : ndcg);
        }

        return new RankingScore(name, RankingJudge.Mean(perList), low, high, own);
    }

    // from the goal's own term, or the best, to each other
    private List<RankingResult.TradeOff> TradeOffs(ValueFormula formula, int best, RankingJudge first, RankingJudge last)
    {
        var from = Array.IndexOf(_names, _options.Goal.Term) is >= 0 and var own ? own : best;
        var scales = RankingFit.Scales(first.Lists, formula.Method, formula.Epsilon);
        var ways = new List<RankingResult.TradeOff>();
        for (var to = 0; to < _terms.Length; to++)
        {
            if (to == from) continue;
            var points = new List<RankingResult.Point>();
            for (var step = 0; step <= Steps; step++)
            {
                var share = step / (double)Steps;
                var weights = new double[_terms.Length];
                weights[from] = (1 - share) / scales[from];
                weights[to] = share / scales[to];
                var values = last.Lists.Values(new ValueFormula(formula.Method, weights, formula.Top, formula.Epsilon));
                points.Add(new(share, RankingJudge.Mean(last.PerList(values)), last.NdcgOf(to, values)));
            }

            if (points.All(p => double.IsFinite(p.Ndcg))) ways.Add(new(_names[from], _names[to], points));
        }

        return ways;
    }
}
