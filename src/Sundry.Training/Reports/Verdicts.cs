using System.Xml.Linq;
using static Sundry.Training.Html;

namespace Sundry.Training;

/// <summary>A verdict by symbol, word and colour, so that none of the three is needed to read it.</summary>
internal static class Verdicts
{
    /// <summary>The verdict of a difference; the words reference and undefined where there is none.</summary>
    public static object Of(MetricDifference? difference) =>
        difference is null ? "reference" : double.IsNaN(difference.Difference) ? "undefined" : Badge(difference.Verdict);

    public static XElement Badge(Verdict verdict) => Tag("span.badge." + Class(verdict), verdict switch
    {
        Verdict.Gains => "▲ gains",
        Verdict.Loses => "▼ loses",
        _ => "● same",
    });

    public static string Class(Verdict verdict) => verdict switch
    {
        Verdict.Gains => "gains",
        Verdict.Loses => "loses",
        _ => "same",
    };
}
