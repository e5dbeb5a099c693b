namespace Sundry.Tests;

/// <summary>
/// Every kernel against its scalar twin, as a list of names and actions that throw on a mismatch. It knows no test
/// framework, because a small program runs the same list once per vector width. A new family adds its list here.
/// </summary>
internal static class KernelSweep
{
    public static IReadOnlyList<(string Name, Action Run)> All { get; } =
    [
        .. ActivationsSweep.All,
        .. SoftmaxesSweep.All,
        .. MixingSweep.All,
        .. NormsSweep.All,
        .. ElementwiseSweep.All,
        .. DropoutSweep.All,
        .. UpdatesSweep.All,
        .. LossesSweep.All,
        .. GemmSweep.All,
        .. ByteProductsSweep.All,
        .. BlockedSumsSweep.All,
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
}
