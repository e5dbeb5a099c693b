namespace Sundry.Serving;

/// <summary>Drawings of the simulated shop's categories, in a square of 200; the fill is the item's colour.</summary>
internal static class Motifs
{
    private const string Light = "fill=\"#fff\" fill-opacity=\".75\"";
    private const string Dark = "fill=\"#2b2622\"";
    private const string Line = "fill=\"none\"";

    private const string Parcel = $"<path d=\"M100 52L156 78V138L100 164L44 138V78Z\"/><path d=\"M44 78L100 104L156 78M100 104V164\" {Line}/><path d=\"M72 65L128 91V110\" {Line}/>";

    private static readonly Dictionary<string, string> s_drawings = new()
    {
        ["shoes"] = $"<path d=\"M38 96q20 10 36-12q24 34 70 38q20 4 20 24H38Z\"/><path d=\"M34 146h132v10H34Z\" {Light}/><path d=\"M86 98l10-8M98 108l10-8M111 116l9-9\" {Line}/>",
        ["books"] = $"<path d=\"M56 46h78q10 0 10 10v100H66q-10 0-10-10Z\"/><path d=\"M56 146q0-12 10-12h78v22H66q-10 0-10-10Z\" {Light}/><path d=\"M76 70h46M76 86h32\" {Line}/>",
        ["garden"] = $"<path d=\"M66 112h68l-10 48H76Z\"/><path d=\"M60 98h80v14H60Z\"/><path d=\"M100 98V64\" {Line}/><path d=\"M100 74q-34 2-36-32q32 0 36 32ZM100 66q4-30 36-30q0 30-36 30Z\" fill=\"#5a9a5f\"/>",
        ["toys"] = $"<circle cx=\"66\" cy=\"66\" r=\"15\"/><circle cx=\"134\" cy=\"66\" r=\"15\"/><circle cx=\"100\" cy=\"88\" r=\"38\"/><ellipse cx=\"100\" cy=\"144\" rx=\"34\" ry=\"24\"/><ellipse cx=\"100\" cy=\"100\" rx=\"15\" ry=\"11\" {Light}/><circle cx=\"86\" cy=\"80\" r=\"4\" {Dark}/><circle cx=\"114\" cy=\"80\" r=\"4\" {Dark}/><circle cx=\"100\" cy=\"96\" r=\"4\" {Dark}/>",
        ["kitchen"] = $"<path d=\"M50 88h100v50q0 20-20 20H70q-20 0-20-20Z\"/><path d=\"M44 78h112v12H44Z\" {Light}/><path d=\"M92 66h16v12H92ZM50 104H34M150 104h16\" {Line}/>",
        ["coats"] = $"<path d=\"M78 44h44l34 24l-10 62l-16-6v38H70v-38l-16 6l-10-62Z\"/><path d=\"M100 60v102M78 44l22 18l22-18\" {Line}/><circle cx=\"109\" cy=\"92\" r=\"3\" {Dark}/><circle cx=\"109\" cy=\"116\" r=\"3\" {Dark}/>",
        ["phones"] = $"<rect x=\"66\" y=\"38\" width=\"68\" height=\"126\" rx=\"12\"/><rect x=\"74\" y=\"52\" width=\"52\" height=\"94\" rx=\"3\" {Light}/><circle cx=\"100\" cy=\"155\" r=\"3\" {Dark}/>",
        ["lamps"] = $"<path d=\"M76 46h48l22 56H54Z\"/><path d=\"M100 102v54\" {Line} stroke-width=\"6\"/><path d=\"M70 156h60v8H70Z\" {Light}/><path d=\"M40 112l-12 10M160 112l12 10\" {Line}/>",
        ["sports"] = $"<circle cx=\"100\" cy=\"102\" r=\"58\"/><path d=\"M100 44v116M42 102h116M60 62q40 40 0 82M140 62q-40 40 0 82\" {Line}/>",
        ["beauty"] = $"<rect x=\"82\" y=\"98\" width=\"36\" height=\"64\" rx=\"4\"/><rect x=\"87\" y=\"76\" width=\"26\" height=\"22\" {Light}/><path d=\"M89 76V56q2-14 22-18v38Z\" fill=\"#d4567a\"/>",
        ["games"] = $"<path d=\"M64 76h72q32 0 32 52q0 26-18 20q-14-6-22-26H72q-8 20-22 26q-18 6-18-20q0-52 32-52Z\"/><path d=\"M66 90v24M54 102h24\" {Line} stroke-width=\"6\"/><circle cx=\"130\" cy=\"94\" r=\"5\" {Light}/><circle cx=\"146\" cy=\"104\" r=\"5\" {Light}/>",
        ["music"] = $"<path d=\"M52 118V100a48 48 0 0 1 96 0v18\" {Line} stroke-width=\"8\"/><rect x=\"42\" y=\"110\" width=\"28\" height=\"46\" rx=\"10\"/><rect x=\"130\" y=\"110\" width=\"28\" height=\"46\" rx=\"10\"/>",
        ["tools"] = $"<path d=\"M92 84h16v76q0 6-8 6t-8-6Z\"/><path d=\"M62 52h62q22 2 24 28q-14-12-26-6v12H62Z\" fill=\"#9aa2ab\"/>",
        ["pets"] = $"<ellipse cx=\"100\" cy=\"128\" rx=\"34\" ry=\"28\"/><ellipse cx=\"56\" cy=\"100\" rx=\"13\" ry=\"17\"/><ellipse cx=\"144\" cy=\"100\" rx=\"13\" ry=\"17\"/><ellipse cx=\"82\" cy=\"70\" rx=\"13\" ry=\"18\"/><ellipse cx=\"118\" cy=\"70\" rx=\"13\" ry=\"18\"/>",
        ["bags"] = $"<path d=\"M50 82h100l10 80H40Z\"/><path d=\"M74 98V70a26 26 0 0 1 52 0v28\" {Line} stroke-width=\"5\"/><path d=\"M42 144h116\" {Line}/>",
        ["watches"] = $"<path d=\"M82 36h36l6 32H76ZM76 138h48l-6 32H82Z\"/><circle cx=\"100\" cy=\"103\" r=\"42\"/><circle cx=\"100\" cy=\"103\" r=\"31\" {Light}/><path d=\"M100 82v21l14 8\" {Line}/>",
        ["tea"] = $"<path d=\"M48 92h88v32q0 34-34 34H82q-34 0-34-34Z\"/><path d=\"M136 102h12q14 0 14 16t-16 16h-12\" {Line} stroke-width=\"5\"/><path d=\"M76 78q-8-10 0-20t0-18M104 78q-8-10 0-20t0-18\" {Line}/>",
        ["bikes"] = $"<g {Line}><circle cx=\"60\" cy=\"128\" r=\"32\"/><circle cx=\"142\" cy=\"128\" r=\"32\"/></g><path d=\"M60 128L82 84h46l-28 44ZM128 84l14 44M82 84l18 44M122 66h16M128 84l-4-18M74 74h18\" {Line} stroke-width=\"5\"/>",
        ["chairs"] = $"<rect x=\"66\" y=\"38\" width=\"68\" height=\"62\" rx=\"10\"/><rect x=\"58\" y=\"106\" width=\"84\" height=\"18\" rx=\"6\"/><path d=\"M70 124l-8 42M130 124l8 42M74 100v6M126 100v6\" {Line} stroke-width=\"6\"/>",
        ["shirts"] = $"<path d=\"M74 48q26 18 52 0l36 22l-14 30l-18-8v70H70V92l-18 8l-14-30Z\"/><path d=\"M86 112h28\" {Line}/>",
        ["cameras"] = $"<path d=\"M42 74h30l8-16h40l8 16h30v78H42Z\"/><circle cx=\"100\" cy=\"112\" r=\"29\" {Light}/><circle cx=\"100\" cy=\"112\" r=\"16\" {Dark}/><circle cx=\"144\" cy=\"88\" r=\"4\" {Light}/>",
        ["rugs"] = $"<path d=\"M46 56h108v96H46Z\"/><path d=\"M60 70h80v68H60Z\" {Light}/><path d=\"M100 80l22 24l-22 24l-22-24Z\"/><path d=\"M46 62h-8M46 80h-8M46 98h-8M46 116h-8M46 134h-8M154 62h8M154 80h8M154 98h8M154 116h8M154 134h8\" {Line}/>",
        ["baby"] = $"<path d=\"M70 90h60v56q0 18-18 18H88q-18 0-18-18Z\"/><path d=\"M66 76h68v14H66Z\" {Light}/><path d=\"M82 76q0-14 10-16q0-16 8-16t8 16q10 2 10 16Z\"/><path d=\"M82 108h14M82 124h14M82 140h14\" {Line}/>",
        ["paper"] = $"<path d=\"M60 42h58l24 24v98H60Z\" {Light}/><path d=\"M118 42v24h24\"/><path d=\"M76 88h48M76 106h48M76 124h30\" {Line}/><path d=\"M150 90l12 12l-34 44l-16 6l4-16Z\"/>",
    };

    /// <summary>The drawing of a category, a parcel where there is none.</summary>
    public static string Of(string category) => s_drawings.GetValueOrDefault(category, Parcel);

    /// <summary>The categories that have a drawing of their own.</summary>
    public static IEnumerable<string> Known => s_drawings.Keys;
}
