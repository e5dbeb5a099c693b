namespace Sundry.Training;

/// <summary>
/// The charts' looks, for a page that holds them. The page says the colours: <c>--ground</c>, <c>--ink</c>, <c>--soft</c> and <c>--line</c> for all, <c>--c</c> for a series by its
/// class (<c>t0</c> to <c>t7</c>) or for what is around it.
/// </summary>
public static class ChartStyle
{
    /// <summary>The rules.</summary>
    public const string Text = """
        .plot{display:block;width:100%;height:auto;max-width:440px}
        .plot text{font-size:11.5px;fill:var(--soft);font-variant-numeric:tabular-nums}
        .grid line{stroke:var(--line)}
        .series path,.series line{fill:none;stroke:var(--c);stroke-width:2;stroke-linejoin:round;stroke-linecap:round}
        .series circle,.bins circle{fill:var(--c)}
        .series.dashed path,.series.dashed line{stroke-dasharray:6 4}.series.dotted path{stroke-dasharray:1.5 4}
        .series.muted path,.series.muted line{stroke:var(--soft);stroke-width:1.3}
        .labels text{fill:var(--c);font-weight:600}.labels text.muted{fill:var(--soft)}
        .mark line{stroke:var(--soft);stroke-dasharray:3 3}.mark text{fill:var(--ink);paint-order:stroke;stroke:var(--ground);stroke-width:5px;stroke-linejoin:round}
        .bins line{stroke:var(--c);stroke-width:1.6;opacity:.65}.bins circle.open{fill:var(--ground);stroke:var(--c);stroke-width:1.6}
        .bars rect{fill:var(--c)}.bars.muted rect{fill:var(--soft)}.bars text{fill:var(--ink)}.bars .value{fill:var(--soft)}
        .spark{display:block;width:100%;height:auto}.spark path{fill:none;stroke:var(--c);stroke-width:1.8;stroke-linejoin:round;stroke-linecap:round}.spark .under{fill:var(--c);stroke:none;opacity:.14}

        """;
}
