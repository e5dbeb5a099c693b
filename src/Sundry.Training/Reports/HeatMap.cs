using System.Globalization;
using System.Xml.Linq;
using static Sundry.Training.Html;

namespace Sundry.Training;

/// <summary>A table whose cells are shaded by their number, which stands in them too.</summary>
internal static class HeatMap
{
    /// <summary>A cell; its shade reaches full at <paramref name="full"/>.</summary>
    public static XElement Cell(double value, double full, string text)
    {
        if (double.IsNaN(value)) return Tag("td.n.blank", "·");
        double shade = Math.Clamp(value / full, 0, 1);
        return Tag("td.n.heat", With("style", "--v:" + shade.ToString("0.##", CultureInfo.InvariantCulture)), text);
    }
}
