using Sundry.Compute;

namespace Sundry.Tests;

/// <summary>Nothing is allocated once a plan is warm. Alone in the process while it runs, for it counts the bytes of all threads.</summary>
[Collection(nameof(Alone))]
public sealed class AllocationTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(4, 2)]
    public void A_training_step_allocates_nothing(int shards, int threads)
    {
        var net = new EverythingNet();
        using var store = new ParameterStore(net.Graph, 3, 2);
        using var plan = new TrainingPlan(store, new Adam(0.01), EverythingNet.Capacity, shards, threads, seed: 5);
        EverythingNet.Rows[] batches = [.. Enumerable.Range(0, 4).Select(i => EverythingNet.Draw(i, EverythingNet.Capacity - i))];
        Assert.Equal(0, Least(() =>
        {
            foreach (var batch in batches) net.Step(plan, batch);
        }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_scoring_call_allocates_nothing(int threads)
    {
        var net = new EverythingNet();
        using var store = new ParameterStore(net.Graph, 3);
        using var plan = new InferencePlan(store, EverythingNet.Capacity, threads);
        EverythingNet.Rows[] batches = [.. Enumerable.Range(0, 4).Select(i => EverythingNet.Draw(i, EverythingNet.Capacity - i))];
        var result = new float[EverythingNet.Capacity * 3];
        Assert.Equal(0, Least(() =>
        {
            foreach (var batch in batches)
            {
                net.Set(plan, batch);
                plan.Run(batch.Count);
                plan.Copy(net.Kind.Prediction, result);
            }
        }));
    }

    /// <summary>
    /// The bytes that <paramref name="work"/> allocates on whatever threads: the least of several rounds, because the test host's own threads
    /// may allocate in some of them, while work that allocates does so in all.
    /// </summary>
    internal static long Least(Action work)
    {
        for (var i = 0; i < 40; i++) work();
        var least = long.MaxValue;
        for (var round = 0; round < 20 && least > 0; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var i = 0; i < 5; i++) work();
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        return least;
    }
}
