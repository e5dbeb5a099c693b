namespace Sundry.Compute;

/// <summary>The rows of a shard by the scenario that each is from.</summary>
internal static unsafe class ScenarioRows
{
    /// <summary>Puts the rows of a scenario side by side, in their order; scenario p's begin at <paramref name="starts"/>[p].</summary>
    /// <exception cref="ArgumentOutOfRangeException">A row names a scenario that there is not.</exception>
    public static int* Sort(Frame frame, IdNode scenario, int scenarios, int* starts, int* order)
    {
        var ids = frame.Ids(scenario);
        new Span<int>(starts, scenarios + 1).Clear();
        for (var r = 0; r < frame.Rows; r++)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)ids[r], (uint)scenarios, nameof(scenario));
            starts[ids[r] + 1]++;
        }

        for (var p = 0; p < scenarios; p++) starts[p + 1] += starts[p];
        // each scenario's start moves on as its rows come, and ends where the next one's was
        for (var r = 0; r < frame.Rows; r++) order[starts[ids[r]]++] = r;
        for (var p = scenarios; p > 0; p--) starts[p] = starts[p - 1];
        starts[0] = 0;
        return order;
    }
}
