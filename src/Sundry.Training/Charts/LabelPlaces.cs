namespace Sundry.Training;

/// <summary>Finds room for the words beside the dots of a chart: where no other words and no dot is, and inside of the drawing.</summary>
/// <param name="dots">The dots, in pixels.</param>
internal sealed class LabelPlaces(IReadOnlyList<(double X, double Y)> dots)
{
    private const double Letter = 7.2, Line = 12, Away = 7;

    private readonly List<(double Left, double Top, double Right, double Bottom)> _taken = [.. dots.Select(d => (d.X - 4, d.Y - 4, d.X + 4, d.Y + 4))];

    /// <summary>Where the words of a dot begin or end; null where there is no room.</summary>
    public (double X, double Y, string Anchor)? Find(double x, double y, string words)
    {
        var width = Letter * words.Length;
        foreach (var (left, top) in ((double, double)[])
            [(x + Away, y - 6), (x - Away - width, y - 6), (x - width / 2, y - 8 - Line), (x - width / 2, y + 8), (x + Away, y + 2), (x - Away - width, y + 2)])
        {
            var box = (Left: left, Top: top, Right: left + width, Bottom: top + Line);
            if (box.Left < LineChart.Left || box.Right > LineChart.Width || box.Top < LineChart.Top - Line || box.Bottom > LineChart.Bottom) continue;
            if (_taken.Any(t => t.Left < box.Right && box.Left < t.Right && t.Top < box.Bottom && box.Top < t.Bottom)) continue;
            _taken.Add(box);
            return left > x ? (left, box.Bottom - 2, "start") : box.Right < x ? (box.Right, box.Bottom - 2, "end") : ((left + box.Right) / 2, box.Bottom - 2, "middle");
        }

        return null;
    }
}
