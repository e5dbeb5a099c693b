using System.Xml.Linq;
using static Sundry.Training.Html;

namespace Sundry.Training;

/// <summary>
/// What was observed over what was predicted: on the diagonal, predictions mean what they say. Rare events are drawn on
/// logarithmic axes, where bins of equal mass do not all lie on the origin.
/// </summary>
internal static class ReliabilityPlot
{
    public static XElement Draw(string task, IReadOnlyList<ReliabilityBin> bins, bool probability)
    {
        double right = LineChart.Width - 14;
        double high = bins.Max(bin => Math.Max(bin.Prediction, Finite(bin.High, bin.Observed)));
        double low = bins.Min(bin => Math.Min(bin.Prediction, Finite(bin.Low, bin.Observed)));
        double least = bins.Min(bin => bin.Prediction);
        bool rare = bins.Sum(bin => bin.Weight * bin.Observed) < .1 * bins.Sum(bin => bin.Weight);
        bool logarithmic = probability && rare && least > 0 && bins[bins.Count / 2].Prediction * 8 < bins[^1].Prediction;
        Axis x, y;
        if (logarithmic)
        {
            // the floor is where the bins can no longer tell: a decade below the smallest thing seen
            double seen = bins.Where(bin => bin.Observed > 0).Select(bin => bin.Observed).DefaultIfEmpty(least).Min();
            double floor = Math.Max(Math.Min(least, seen), high * 1e-6);
            (x, y) = (Axis.Log(floor, high, LineChart.Left, right), Axis.Log(floor, high, LineChart.Bottom, LineChart.Top));
        }
        else
        {
            double[] ends = probability ? [0, Math.Min(1, high)] : [low, high];
            (x, y) = (Axis.Around(ends, LineChart.Left, right), Axis.Around(ends, LineChart.Bottom, LineChart.Top));
        }

        var diagonal = Tag("g.series.muted.dashed", LineChart.Segment(x.At(x.Low), y.At(y.Low), x.At(x.High), y.At(y.High)));
        var marks = Tag("g.bins");
        foreach (var bin in bins)
        {
            double across = x.At(bin.Prediction);
            if (!double.IsNaN(bin.Low)) marks.Add(LineChart.Segment(across, y.At(bin.Low), across, y.At(bin.High)));
            bool below = logarithmic && bin.Observed < y.Low;
            marks.Add(Tag(below ? "circle.open" : "circle", With("cx", Figures.Pixel(across)), With("cy", Figures.Pixel(y.At(bin.Observed))), With("r", "3.4"),
                Tag("title", $"predicted {Figures.Value(bin.Prediction)}, observed {Figures.Value(bin.Observed)} ({Figures.Interval(bin.Low, bin.High)}), {Figures.Count(bin.Rows)} rows")));
        }

        return LineChart.Frame(
            $"Reliability of {task}",
            $"Observed over predicted in {bins.Count} groups of about equal size, with 95% intervals; the dashed diagonal is perfect. Groups range from {Figures.Value(bins[0].Prediction)} predicted and {Figures.Value(bins[0].Observed)} observed to {Figures.Value(bins[^1].Prediction)} predicted and {Figures.Value(bins[^1].Observed)} observed.",
            x, y, logarithmic ? "predicted (logarithmic)" : "predicted", "observed", diagonal, marks);
    }

    private static double Finite(double value, double otherwise) => double.IsNaN(value) ? otherwise : value;
}
