using System.Xml.Linq;
using static Sundry.Training.Html;
using static Sundry.Training.TableParts;

namespace Sundry.Training;

/// <summary>Which expert each gate leans on, level by level, and experts that nobody uses.</summary>
internal static class GateSection
{
    public static XElement Draw(ReportModel model) => Tag("section", With("id", "gates"),
        Tag("h2", "Use of experts"),
        Tag("p.lead", Findings(model.Gates)),
        model.Gates.GroupBy(gate => gate.Level).OrderBy(level => level.Key).Select(level => Level(model, [.. level], model.Gates.Any(gate => gate.Level != level.Key))),
        Epochs(model),
        Tag("p.fine", "Mean weight that a gate gives to an expert over the validation rows, in percent. “Effective experts” is e to the mean entropy of a row's weights: how many experts a single row mixes."));

    private static XElement Level(ReportModel model, List<GateUse> gates, bool several)
    {
        // the gate that sees the most experts lists them in their order
        string[] order = [.. model.Gates.OrderByDescending(gate => gate.Experts.Count).SelectMany(gate => gate.Experts).Distinct()];
        string[] experts = [.. order.Where(expert => gates.Any(gate => gate.Experts.Contains(expert)))];
        double full = Math.Max(2.0 / Math.Max(2, gates.Max(gate => gate.Experts.Count)), gates.SelectMany(gate => gate.Weights).Where(double.IsFinite).DefaultIfEmpty(1).Max());
        string title = several ? $"Level {gates[0].Level}" : "Gates";
        return Tag("div", several ? Tag("h3", title) : null, Table(
            $"{title}: mean weight of every expert in every gate, in percent",
            [Head("Gate"), .. experts.Select(NumberHead), NumberHead("Effective experts")],
            gates.Select(gate => Tag("tr",
                RowHead(Name(model, gate.Gate)),
                experts.Select(expert =>
                {
                    double weight = DeadExperts.Weight(gate, expert);
                    return HeatMap.Cell(weight, full, Figures.OneDecimal(100 * weight));
                }),
                Tag("td.n", Figures.OneDecimal(Math.Exp(gate.Entropy)), Tag("small", $"of {gate.Experts.Count}"))))),
            HeatMap.Scale(100 * full, Figures.OneDecimal, "percent of the gate's weight"));
    }

    private static XElement? Epochs(ReportModel model)
    {
        EpochRecord[] epochs = [.. model.History.Where(epoch => epoch.Gates is { Count: > 0 })];
        if (epochs.Length < 2) return null;
        var gates = epochs[0].Gates!;
        bool several = gates.Any(gate => gate.Level != gates[0].Level);
        return Tag("details", Tag("summary", "The epochs in figures"), Table(
            "Effective experts of every gate per epoch, and experts that no gate uses",
            [NumberHead("Epoch"), .. gates.Select(gate => NumberHead(several ? $"{gate.Gate}, level {gate.Level}" : gate.Gate)), Head("Dead experts")],
            epochs.Select(epoch => Tag("tr",
                Tag("th.n", With("scope", "row"), Figures.Count(epoch.Epoch)),
                epoch.Gates!.Select(gate => Number(Figures.OneDecimal(Math.Exp(gate.Entropy)))),
                Cell(DeadExperts.Of(epoch.Gates!) is { Count: > 0 } dead ? string.Join(", ", dead.Select(d => several ? $"{d.Expert} (level {d.Level})" : d.Expert)) : "none")))));
    }

    private static string Findings(IReadOnlyList<GateUse> gates)
    {
        bool several = gates.Any(gate => gate.Level != gates[0].Level);
        string[] dead = [.. DeadExperts.Of(gates).Select(found => several ? $"{found.Expert} (level {found.Level})" : found.Expert)];
        string sentence = dead.Length == 0
            ? "Every expert is used by some gate."
            : $"{string.Join(", ", dead)} {(dead.Length == 1 ? "is" : "are")} hardly used by any gate: fewer experts may do as well, or the gates have collapsed.";
        string[] decided = [.. gates.Where(gate => gate.Experts.Count > 1 && Math.Exp(gate.Entropy) < 1.1).Select(gate => gate.Gate).Distinct()];
        return decided.Length == 0 ? sentence : $"{sentence} {string.Join(", ", decided)}: the gate picks a single expert a row.";
    }

    private static object Name(ReportModel model, string gate)
    {
        for (int i = 0; i < model.Tasks.Count; i++)
            if (model.Tasks[i].Task.Name == gate) return TaskName(gate, i);
        return gate;
    }
}
