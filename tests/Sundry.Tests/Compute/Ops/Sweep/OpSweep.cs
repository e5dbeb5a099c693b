namespace Sundry.Tests;

/// <summary>
/// Every op and every loss against its scalar twin, as a list of names and actions that throw on a mismatch. It knows no test framework,
/// because a small program runs the same list once per vector width. A new op adds its case to a list here.
/// </summary>
internal static class OpSweep
{
    public static IReadOnlyList<(string Name, Action Run)> All { get; } =
    [
        .. Cases.Select(c => (c.Name, (Action)(() => OpTrial.Sweep(c)))),
        .. DropoutOps.All,
        .. LossOps.All,
    ];

    /// <summary>Runs all of them; throws at the first mismatch, saying which.</summary>
    public static void RunAll()
    {
        foreach (var (name, run) in All)
        {
            try
            {
                run();
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"{name}: {e.Message}", e);
            }
        }
    }

    public static IEnumerable<OpCase> Cases =>
    [
        .. PointOps.All,
        .. LinearOps.All,
        .. NormOps.All,
        .. ShapeOps.All,
        .. MixOps.All,
        .. TableOps.All,
    ];
}
