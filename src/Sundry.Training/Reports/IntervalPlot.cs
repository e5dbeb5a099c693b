using System.Xml.Linq;
using static Sundry.Training.Html;

namespace Sundry.Training;

/// <summary>A difference with its interval around zero, small enough for a table cell: right of the line is better.</summary>
internal static class IntervalPlot
{
    private const double Width = 132, Height = 22;

    /// <param name="difference">What is drawn.</param>
    /// <param name="reach">The difference at the ends of the cell, the same for cells that are to be compared.</param>
    public static XElement Draw(MetricDifference difference, double reach)
    {
        // a fall of an error is a gain: everything is turned so that right is better
        int sign = TaskMetrics.HigherIsBetter(difference.Metric) ? 1 : -1;
        double low = sign > 0 ? difference.Low : -difference.High, high = sign > 0 ? difference.High : -difference.Low;
        var axis = Axis.Linear(-reach, reach, 5, Width - 5);
        var drawing = Tag("svg.interval." + Verdicts.Class(difference.Verdict),
            With("viewBox", $"0 0 {Width} {Height}"), With("width", Width), With("height", Height), With("role", "img"),
            Tag("title", $"{Figures.Signed(difference)}, 95% interval {Figures.Interval(difference.Low, difference.High, signed: true)}"),
            LineChart.Segment(Width / 2, 1, Width / 2, Height - 1, "line.zero"));
        if (!double.IsNaN(low)) drawing.Add(LineChart.Segment(axis.At(low), Height / 2, axis.At(high), Height / 2, "line.bar"));
        if (!double.IsNaN(difference.Difference))
            drawing.Add(Tag("circle", With("cx", Figures.Pixel(axis.At(sign * difference.Difference))), With("cy", Height / 2), With("r", 4)));
        return drawing;
    }

    /// <summary>How far the interval reaches from zero, with a little room.</summary>
    public static double Reach(params IEnumerable<MetricDifference?> differences)
    {
        double reach = 0;
        foreach (var difference in differences)
        {
            if (difference is null) continue;
            foreach (double end in (double[])[difference.Low, difference.High, difference.Difference])
                if (double.IsFinite(end)) reach = Math.Max(reach, Math.Abs(end));
        }

        return reach > 0 ? reach * 1.1 : 1;
    }
}
