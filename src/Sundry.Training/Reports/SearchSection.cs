using System.Xml.Linq;
using static Sundry.Training.Html;
using static Sundry.Training.TableParts;

namespace Sundry.Training;

/// <summary>What a search tried and found: the winner beside single-task models, the trials, and which settings mattered.</summary>
internal static class SearchSection
{
    private const int MostTrials = 40;

    public static XElement Draw(TuneResult search) => Tag("section", With("id", "search"),
        Tag("h2", "Search"),
        Tag("p.lead", search.Finding, " ", search.Ended),
        Winner(search),
        Tag("div.plots", Found(search), search.Epochs.Count > 1 ? Learning(search) : null),
        Tag("p.fine",
            search.Epochs.Count > 1 ? $"Trials were trained for {string.Join(", ", search.Epochs)} epochs in turn, the best of each rung going on. " : "",
            "All choices were made on validation",
            search.Test.Count > 0 ? "; the test rows were looked at once, for the winner. " : ". ",
            $"Objective: {search.Objective}. An open dot is a trial in which a task loses against its single-task model after as many epochs."),
        Settings(search),
        Tag("details", Tag("summary", $"The trials in figures ({search.Trials.Count})"), Trials(search)),
        Tag("details", Tag("summary", "The single-task models"), References(search)));

    private static XElement Winner(TuneResult search)
    {
        var rows = search.Test.Count > 0 ? "test" : "validation";
        var result = search.Test.Count > 0 ? search.Test[1] : search.Comparison.First(r => r.Architecture.StartsWith($"trial {search.Winner.Number}:", StringComparison.Ordinal));
        return Table(
            $"The winner on the {rows} rows, beside single-task models, over {search.Seeds} seed{(search.Seeds == 1 ? "" : "s")}",
            [Head("Task"), Head("Metric"), NumberHead("Winner"), NumberHead("Alone"), NumberHead("Difference"), Tag("th.plotted", With("scope", "col"), "worse ← 0 → better"), Head("Verdict")],
            result.Tasks.Select((t, i) => Tag("tr",
                RowHead(TaskName(t.Task, i)),
                Cell(MetricWords.Name(t.Metric), Tag("small", MetricWords.Direction(t.Metric) + " is better")),
                Number(Figures.Deviating(t.Value)),
                Number(t.Single is { } s ? Figures.Value(s.Reference) : "–"),
                t.Single is { } d && !double.IsNaN(d.Difference) ? Tag("td.n", Figures.Signed(d), Tag("small", Figures.Interval(d.Low, d.High, signed: true))) : Number("–"),
                Tag("td.plotted", t.Single is { } p && !double.IsNaN(p.Difference) && t.Metric != "calibration" ? IntervalPlot.Draw(p, IntervalPlot.Reach(p)) : null),
                Cell(Verdicts.Of(t.Single)))));
    }

    private static XElement Found(TuneResult search)
    {
        var spent = 0;
        var dots = new List<ScatterChart.Dot>();
        var scale = search.Objective == "no-regret" ? 100 : 1;
        foreach (var result in search.Results)
        {
            spent += search.Epochs[result.Rung] - (result.Rung > 0 ? search.Epochs[result.Rung - 1] : 0);
            dots.Add(new(spent, scale * result.Value, $"trial {result.Trial} after {result.Epochs} epochs: {Words(search, result.Value)}",
                result.Trial == search.Winner.Number && result.Rung == search.Epochs.Count - 1 ? $"trial {result.Trial}" : "", result.Tasks.Any(t => t.Verdict == Verdict.Loses) ? Verdict.Loses : Verdict.Same));
        }

        return Tag("figure", Tag("figcaption", "The objective of each trial on each rung"), new ScatterChart
        {
            Title = "Objective against epochs spent",
            Description = $"{search.Trials.Count} trials over {spent} epochs; the dashed line is the best so far in which no task loses.",
            XLabel = "epochs spent by the search",
            YLabel = search.Objective == "no-regret" ? "mean gain, %" : search.Objective,
            Dots = dots,
            BestSoFar = true,
        }.Draw());
    }

    private static XElement Learning(TuneResult search)
    {
        var scale = search.Objective == "no-regret" ? 100 : 1;
        var series = search.Results.GroupBy(r => r.Trial).OrderBy(g => g.Key == search.Winner.Number ? 1 : 0).Select(g => new Series(
            g.Key == search.Winner.Number ? $"trial {g.Key}" : "", [.. g.OrderBy(r => r.Rung).Select(r => new CurvePoint(search.Epochs[r.Rung], scale * r.Value))],
            Marked: true, Muted: g.Key != search.Winner.Number)).ToList();
        return Tag("figure.t0", Tag("figcaption", "How far each trial was trained"), new LineChart
        {
            Title = "Objective by rung",
            Description = $"Of {search.Trials.Count} trials {search.Results.Count(r => r.Rung == search.Epochs.Count - 1)} came to the last rung.",
            XLabel = "epochs",
            YLabel = search.Objective == "no-regret" ? "mean gain, %" : search.Objective,
            WholeX = true,
            Series = series,
        }.Draw());
    }

    private static XElement Settings(TuneResult search)
    {
        var effects = SettingEffect.Of(search);
        // of few trials there is nothing to say but what was tried
        return effects.All(effect => double.IsNaN(effect.Share))
            ? Tag("details", Tag("summary", "The settings that were tried"), Effects(search, effects))
            : Tag("div", Tag("h3", "Which settings mattered"), Effects(search, effects));
    }

    private static XElement Effects(TuneResult search, IEnumerable<SettingEffect> effects) => Table(
        "Each setting: what was tried, how much of the spread after the first rung it explains by itself, and where it was best",
        [Head("Setting"), Head("Tried"), NumberHead("Explains"), Head("Best there"), Head("Winner")],
        effects.Select(effect => Tag("tr",
            RowHead(Tag("code", Breakable(effect.Path))),
            Tag("td.words", search.Space[effect.Path]),
            double.IsNaN(effect.Share) ? Number("too few trials") : HeatMap.Cell(effect.Share, 1, Figures.Percent(effect.Share)),
            Cell(effect.Best),
            Cell(search.Winner.Settings.GetValueOrDefault(effect.Path, "as configured")))));

    private static XElement Trials(TuneResult search)
    {
        var last = search.Results.GroupBy(r => r.Trial).Select(g => g.MaxBy(r => r.Rung)!).OrderByDescending(r => r.Rung).ThenByDescending(r => r.Score).ToList();
        return Table(
            $"The trials, those that came furthest first{(last.Count > MostTrials ? $" (the first {MostTrials}; tune.json has all)" : "")}",
            [Head("Trial"), NumberHead("Epochs"), NumberHead("Objective"), .. last[0].Tasks.Select(t => Head(t.Task)), NumberHead("Weights"), NumberHead("Time"), Head("Settings")],
            last.Take(MostTrials).Select(r => Tag(r.Trial == search.Winner.Number ? "tr.best" : "tr",
                RowHead(r.Trial.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                Number(Figures.Count(r.Epochs)),
                Number(r.Failed is null ? Words(search, r.Value) : "failed"),
                r.Failed is null ? r.Tasks.Select(t => Cell(Figures.Value(t.Value), " ", Verdicts.Badge(t.Verdict))) : last[0].Tasks.Select(_ => Cell("–")),
                Number(Figures.Count(r.Parameters)),
                Number(Figures.Duration(search.Results.Where(x => x.Trial == r.Trial).Sum(x => x.Seconds))),
                Tag("td.words", r.Failed ?? Text(search.Trials[r.Trial - 1])))));
    }

    private static XElement References(TuneResult search) => Table(
        "Each task alone: the metric on validation under every learning rate that was tried",
        [Head("Task"), Head("Metric"), NumberHead("Best"), NumberHead("Learning rate"), NumberHead("Weights"), Head("Tried")],
        search.References.Select((r, i) => Tag("tr",
            RowHead(TaskName(r.Task, i)), Cell(MetricWords.Name(r.Metric)), Number(Figures.Value(r.Value)), Number(Figures.Scientific(r.LearningRate)), Number(Figures.Count(r.Parameters)),
            Tag("td.words", string.Join(", ", r.Rates.Select(rate => $"{rate.Key}: {Figures.Value(rate.Value)}"))))));

    private static string Words(TuneResult search, double value) => search.Objective == "no-regret" ? Figures.Percent(value) : Figures.Value(value);

    private static string Text(Trial trial) => trial.Settings.Count == 0 ? "the configuration as it stands" : string.Join(", ", trial.Settings.Select(s => $"{s.Key}={s.Value}"));
}
