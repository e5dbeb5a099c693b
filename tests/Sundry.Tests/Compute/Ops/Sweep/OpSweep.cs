namespace Sundry.Tests;

/// <summary>
/// Every op and every loss against its scalar twin, as a list of names and actions that throw on a mismatch. It knows no test framework,
/// because a small program runs the same list once per vector width. A new op adds its case to a list here.
/// </summary>
internal static class OpSweep
{
    public static IReadOnlyList<(string Name, Action Run)> All { get; } = List(brief: false);

    private static IReadOnlyList<(string Name, Action Run)> List(bool brief) =>
    [
        .. Cases.Select(c => (c.Name, (Action)(() => OpTrial.Sweep(c, brief)))),
        .. TokenOps.OfManyRows.Select(c => (c.Name, (Action)(() => OpTrial.SweepManyRows(c, brief)))),
        .. DropoutOps.All,
        .. TrainingOps.All,
        .. LossOps.All,
    ];

    /// <summary>Runs all of them, in brief; throws at the first mismatch, saying which.</summary>
    public static void RunAll()
    {
        foreach (var (name, run) in List(brief: true))
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
        .. SharingOps.All,
        .. TableOps.All,
        .. TokenOps.All,
        .. InteractionOps.All,
    ];
}
