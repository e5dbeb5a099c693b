using System.Xml.Linq;
using static Sundry.Training.Html;

namespace Sundry.Training;

/// <summary>
/// The report of a run as one HTML file: it opens without a network, needs no script, follows the reader's light or dark
/// mode, and is the same text for the same model: the time is part of the model, not read here.
/// </summary>
public static class HtmlReport
{
    /// <summary>Renders the report.</summary>
    public static string Render(ReportModel model)
    {
        XElement?[] sections =
        [
            model.Tasks.Count > 0 ? HeadlineTable.Draw(model) : null,
            model.Affinity is { } affinity ? AffinitySection.Draw(affinity) : null,
            model.Truth.Count > 0 ? TruthSection.Draw(model) : null,
            model.Search is { } search ? SearchSection.Draw(search) : null,
            model.Comparison.Count > 0 ? ComparisonSection.Draw(model) : null,
            ParetoSection.Draw(model),
            model.Ranking is { } ranking ? RankingSection.Draw(ranking) : null,
            model.Tasks.Count > 0 ? MetricTables.Draw(model) : null,
            CurveSection.Draw(model),
            model.History.Count > 0 && model.Tasks.Count > 0 ? TrainingSection.Draw(model) : null,
            GradientSection.Draw(model),
            model.Gates.Count > 0 ? GateSection.Draw(model) : null,
            model.Summary is { } data ? DataSection.Draw(data) : null,
            RunSection.Draw(model),
        ];
        var shown = sections.OfType<XElement>().ToList();
        return Write(Tag("html", With("lang", "en"),
            Tag("head",
                Tag("meta", With("charset", "utf-8")),
                Tag("meta", With("name", "viewport"), With("content", "width=device-width, initial-scale=1")),
                Tag("meta", With("name", "color-scheme"), With("content", "light dark")),
                Tag("title", model.Name + " – Sundry report"),
                Tag("style", StyleSheet.Text)),
            Tag("body",
                ReportHeader.Draw(model, shown),
                Tag("main", shown),
                Tag("footer", "Made by Sundry. This file is complete in itself: it loads nothing and runs nothing."))));
    }
}
