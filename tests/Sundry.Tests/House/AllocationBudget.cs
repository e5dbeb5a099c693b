using System.Text.Json;

namespace Sundry.Tests.House;

/// <summary>Bytes of managed memory that a call may take once it is warm, by the name of what is called: allocations.json beside this file.</summary>
internal static class AllocationBudget
{
    private const int WarmUpCalls = 40;
    private const int Rounds = 200;
    private const int CallsPerRound = 2;

    /// <summary>The budgets.</summary>
    public static IReadOnlyDictionary<string, long> All { get; } =
        JsonSerializer.Deserialize<Dictionary<string, long>>(File.ReadAllText(Checkout.Of("tests", "Sundry.Tests", "House", "allocations.json")))!;

    /// <summary>Asserts that <paramref name="call"/> keeps within the budget of <paramref name="name"/>.</summary>
    public static void Hold(string name, string with, Action call)
    {
        var bytes = BytesPerCall(call);
        Assert.True(bytes <= All[name], $"{name} ({with}) allocates {bytes} bytes a call; its budget in allocations.json is {All[name]}");
    }

    /// <summary>
    /// What a call allocates on whatever threads: the least of many short rounds, because the test host's own threads may allocate in some of
    /// them, while a call that allocates does so in all.
    /// </summary>
    public static long BytesPerCall(Action call)
    {
        for (var i = 0; i < WarmUpCalls; i++) call();
        var least = long.MaxValue;
        for (var round = 0; round < Rounds && least > 0; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var i = 0; i < CallsPerRound; i++) call();
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        return (least + CallsPerRound - 1) / CallsPerRound;
    }

    /// <summary>What a call allocates on this thread: the least of some, because a collection in between counts what was left of the thread's piece of the heap.</summary>
    public static long BytesOnThisThread(Action call)
    {
        var least = long.MaxValue;
        for (var round = 0; round < 10 && least > 0; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            call();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
