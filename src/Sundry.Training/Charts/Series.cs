namespace Sundry.Training;

/// <summary>One line of a chart.</summary>
/// <param name="Name">Its direct label, written at its end; empty for none.</param>
/// <param name="Points">Its points; a NaN leaves a gap.</param>
/// <param name="Stroke">How it is drawn.</param>
/// <param name="Marked">Whether every point has a dot that tells its value.</param>
/// <param name="Muted">Drawn in grey: a reference rather than a finding.</param>
/// <param name="Hue">Its colour among those of the page, from 0 to 7; null: the colour of what is around the chart.</param>
public sealed record Series(string Name, IReadOnlyList<CurvePoint> Points, Stroke Stroke = Stroke.Solid, bool Marked = false, bool Muted = false, int? Hue = null);
