namespace Sundry.Training;

/// <summary>
/// The report's looks. Task colours are told apart by lightness too, keep 4.5:1 on their background in both modes, and never
/// carry a meaning alone.
/// </summary>
internal static class StyleSheet
{
    /// <summary>Number of task colours; further tasks begin again.</summary>
    public const int Hues = 8;

    public const string Text = """
        :root{--ground:#fff;--card:#f6f7f9;--ink:#16191d;--soft:#535b66;--line:#d9dde3;--accent:#0b5cad;--heat:11,92,173;--chill:214,84,20;--depth:.7;
        --gain:#00664f;--gain-ground:#dcf3ec;--loss:#a33200;--loss-ground:#fde8de;--same:#535b66;--same-ground:#eceef1}
        .t0{--c:#0b5cad}.t1{--c:#b84300}.t2{--c:#00705a}.t3{--c:#8a3f97}.t4{--c:#7a5c00}.t5{--c:#b3266b}.t6{--c:#3f4ea8}.t7{--c:#4d5560}
        @media (prefers-color-scheme:dark){:root{--ground:#14171b;--card:#1d2126;--ink:#e9ecf0;--soft:#a5aeba;--line:#353b44;--accent:#6db3f5;--heat:109,179,245;--chill:235,120,60;--depth:.5;
        --gain:#59d6b2;--gain-ground:#12352c;--loss:#ff9d73;--loss-ground:#43210f;--same:#a5aeba;--same-ground:#2a2f37}
        .t0{--c:#6db3f5}.t1{--c:#ff9a5c}.t2{--c:#4fd1ac}.t3{--c:#dba3e8}.t4{--c:#e6c34a}.t5{--c:#ff8fc0}.t6{--c:#a4b1ff}.t7{--c:#b9c1cc}}
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
        body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
        header,main,footer{max-width:1120px;margin:0 auto;padding:0 20px}
        header{padding-top:44px}
        .kicker{margin:0;color:var(--soft);font-size:13px;letter-spacing:.08em;text-transform:uppercase}
        h1{margin:4px 0 2px;font-size:34px;line-height:1.15;letter-spacing:-.015em;overflow-wrap:anywhere}
        h2{margin:0 0 6px;font-size:22px;letter-spacing:-.01em}
        h3{margin:28px 0 8px;font-size:16px}
        .subtitle{margin:0;color:var(--soft);overflow-wrap:anywhere}
        .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;margin:26px 0 18px}
        .tiles div{background:var(--card);border-radius:10px;padding:12px 16px}
        dt{color:var(--soft);font-size:13px}
        dd{margin:0;font-size:22px;font-weight:600;font-variant-numeric:tabular-nums;letter-spacing:-.01em}
        dd small{font-size:13px;font-weight:400;color:var(--soft)}
        nav{display:flex;flex-wrap:wrap;gap:4px 18px;padding:10px 0;border-top:1px solid var(--line);border-bottom:1px solid var(--line);font-size:14px}
        a{color:var(--accent);text-underline-offset:3px}
        nav a{text-decoration:none;padding:2px 0}nav a:hover{text-decoration:underline}
        :focus-visible{outline:2px solid var(--accent);outline-offset:2px}
        section{padding:40px 0 4px;scroll-margin-top:8px}
        section+section{border-top:1px solid var(--line);margin-top:36px}
        .lead{margin:0 0 16px;max-width:72ch;overflow-wrap:anywhere}
        .fine{color:var(--soft);font-size:13px;max-width:80ch}
        .notes{margin:12px 0;padding:10px 16px 10px 34px;background:var(--card);border-left:4px solid var(--accent);border-radius:4px;font-size:15px;overflow-wrap:anywhere}
        .scroll{overflow-x:auto;margin:12px 0;border:1px solid var(--line);border-radius:10px}
        table{border-collapse:collapse;width:100%;font-size:14.5px;line-height:1.4}
        caption{text-align:left;padding:9px 14px;color:var(--soft);font-size:13px}
        th,td{padding:8px 14px;text-align:left;vertical-align:top;border-top:1px solid var(--line)}
        thead th{color:var(--soft);font-weight:600;font-size:13px;vertical-align:bottom;white-space:nowrap}
        tbody th{font-weight:600;min-width:130px;max-width:260px;overflow-wrap:anywhere}
        .model,.tight{white-space:nowrap}
        .n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        td small,th small{display:block;color:var(--soft);font-size:12.5px;font-weight:400;white-space:nowrap}
        td.words{min-width:240px;max-width:440px;overflow-wrap:anywhere}
        .undefined{color:var(--soft);font-style:italic}.undefined small{white-space:normal;min-width:110px}
        tr.dropped{color:var(--soft)}tr.best{background:var(--card)}
        .star{color:var(--accent)}
        .task{display:inline-flex;align-items:baseline;gap:8px;max-width:100%}.task span{min-width:0;overflow-wrap:anywhere}.chip{flex:none;width:11px;height:11px;border-radius:3px;background:var(--c)}
        .what{margin-left:10px;color:var(--soft);font-weight:400;font-size:14px}
        .badge{display:inline-block;padding:1px 10px;border-radius:99px;font-size:13px;font-weight:600;white-space:nowrap}
        .badge.gains{color:var(--gain);background:var(--gain-ground)}.badge.loses{color:var(--loss);background:var(--loss-ground)}.badge.same{color:var(--same);background:var(--same-ground)}
        .narrow{display:none}
        .plotted{text-align:center;white-space:nowrap}
        .interval{display:inline-block;vertical-align:middle}
        .interval .zero{stroke:var(--soft);stroke-dasharray:2 2}.interval .bar{stroke-width:3;stroke-linecap:round;stroke:currentColor}.interval circle{fill:currentColor}
        .interval.gains{color:var(--gain)}.interval.loses{color:var(--loss)}.interval.same{color:var(--same)}
        .plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(400px,100%),1fr));gap:22px 26px}
        .plots+.plots{margin-top:22px}.plots.three{grid-template-columns:repeat(auto-fill,minmax(min(310px,100%),1fr))}
        figure{margin:0;min-width:0}figcaption{font-size:14px;font-weight:600;margin-bottom:4px}figcaption .what{display:block;margin:0;font-size:13.5px}
        """ + ChartStyle.Text + """
        .heat{background:rgba(var(--heat),calc(var(--v)*var(--depth)))}.heat.below{background:rgba(var(--chill),calc(var(--v)*var(--depth)))}.blank{color:var(--soft);text-align:center}
        .heat small{color:inherit}
        .scale{display:flex;flex-wrap:wrap;align-items:baseline;gap:2px;margin:-4px 0 16px;font-size:12.5px;font-variant-numeric:tabular-nums}.scale span{min-width:52px;padding:2px 8px;text-align:center}.scale small{padding:0 6px;color:var(--soft);font-size:12.5px}
        .dots circle{stroke-width:1.8;fill:var(--ground);stroke:var(--soft)}.dots circle.gains{fill:var(--gain);stroke:var(--gain)}.dots circle.same{fill:var(--soft)}.dots circle.loses{stroke:var(--loss)}.dots circle.chosen{fill:var(--accent);stroke:var(--accent)}
        .dots .star{fill:var(--ink);font-weight:600;paint-order:stroke;stroke:var(--ground);stroke-width:3px;stroke-linejoin:round}.front path{fill:none;stroke:var(--soft);stroke-width:1.3;stroke-dasharray:6 4}.zero line{stroke:var(--ink);stroke-width:.8;stroke-dasharray:2 3}
        .missing{display:flex;align-items:center;justify-content:center;height:150px;max-width:440px;padding:16px;border:1px dashed var(--line);border-radius:10px;color:var(--soft);font-size:14px;font-style:italic;text-align:center}
        details{margin:12px 0}summary{cursor:pointer;padding:6px 0;font-weight:600}
        pre{margin:12px 0;padding:14px 16px;background:var(--card);border:1px solid var(--line);border-radius:10px;overflow-x:auto;font:13.5px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;tab-size:2}
        footer{padding:36px 20px 48px;color:var(--soft);font-size:13px}
        @media (max-width:640px){body{font-size:15px}header{padding-top:26px}h1{font-size:27px}th,td{padding:7px 10px}table{font-size:13.5px}.tiles{grid-template-columns:1fr 1fr;gap:8px}dd{font-size:19px}section{padding-top:28px}
        tbody th:first-child,thead th:first-child{position:sticky;left:0;z-index:1;background:var(--ground);min-width:124px;max-width:160px;border-top:0;box-shadow:inset 0 1px var(--line)}tbody th.n:first-child,thead th.n:first-child{min-width:56px}tr.best th:first-child{background:var(--card)}.wide{display:none}.narrow{display:block;margin-top:4px}}
        @media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
        @media print{nav{display:none}.scroll{overflow:visible}section{break-inside:avoid-page}}

        """;
}
