using System.Buffers.Binary;
using Sundry.Compute;
using Sundry.Data;
using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class CheckpointTests : IDisposable
{
    private static readonly TrainingState s_state = new("abc", 42,
    [
        new(1, new Dictionary<string, double> { ["buy"] = 0.5 }, new Dictionary<string, IReadOnlyDictionary<string, double>> { ["buy"] = new Dictionary<string, double> { ["auc"] = double.NaN } }, 0.001, 2),
    ]);

    private readonly TemporaryFolder _folder = new();
    private readonly Graph _graph = new();

    public CheckpointTests()
    {
        var ids = _graph.Ids("ids", 2);
        _graph.Table("table", 10, 3, Initializer.Normal(1)).Lookup(ids).Linear("layer", 4);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_saved_is_loaded_with_moments_and_undefined_metrics()
    {
        using var saved = Store(1);
        using var loaded = Store(2);
        var checkpoint = Saved(saved);
        var state = checkpoint.Load(loaded, "abc");
        Assert.Equal(42, state.Steps);
        Assert.True(double.IsNaN(state.History[0].Validation["buy"]["auc"]));
        Assert.True(double.IsNaN(state.History[0].Score));
        Assert.Equal(WeightBytes.Of(saved), WeightBytes.Of(loaded));
        foreach (var parameter in _graph.Parameters)
            for (var m = 0; m < 2; m++)
                Assert.Equal(saved.MomentValues(parameter, m).ToArray(), loaded.MomentValues(parameter, m).ToArray());
    }

    [Fact]
    public void A_checkpoint_of_another_training_is_refused()
    {
        using var store = Store(1);
        Assert.Contains("another configuration", Assert.Throws<InputException>(() => Saved(store).Load(store, "other")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_changed_anywhere_is_noticed()
    {
        using var store = Store(1);
        var checkpoint = Saved(store);
        var whole = File.ReadAllBytes(_folder.Path("work/checkpoint.bin"));
        var random = new Random(1);
        for (var at = 0; at < whole.Length; at++)
        {
            var changed = whole.ToArray();
            changed[at] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(_folder.Path("work/checkpoint.bin"), changed);
            Assert.Throws<InputException>(() => checkpoint.Load(store, "abc"));
        }
    }

    [Fact]
    public void A_file_cut_short_or_drawn_out_is_noticed()
    {
        using var store = Store(1);
        var checkpoint = Saved(store);
        var whole = File.ReadAllBytes(_folder.Path("work/checkpoint.bin"));
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(_folder.Path("work/checkpoint.bin"), whole[..length]);
            Assert.Throws<InputException>(() => checkpoint.Load(store, "abc"));
        }

        File.WriteAllBytes(_folder.Path("work/checkpoint.bin"), [.. whole, 0]);
        Assert.Throws<InputException>(() => checkpoint.Load(store, "abc"));
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    [InlineData(1 << 26)]
    public void A_length_in_the_file_takes_no_memory(int length)
    {
        using var store = Store(1);
        var checkpoint = Saved(store);
        var whole = File.ReadAllBytes(_folder.Path("work/checkpoint.bin"));
        BinaryPrimitives.WriteInt32LittleEndian(whole.AsSpan(8), length);
        File.WriteAllBytes(_folder.Path("work/checkpoint.bin"), whole);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InputException>(() => checkpoint.Load(store, "abc"));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    [Fact]
    public void The_best_weights_outlive_the_checkpoint_that_needs_them_and_no_longer()
    {
        using var store = Store(1);
        var checkpoint = new Checkpoint(_folder.Path("work"));
        checkpoint.Begin();
        checkpoint.SaveBest(1, store);
        checkpoint.Save(s_state, store, bestEpoch: 1);
        checkpoint.SaveBest(2, store);
        Assert.Equal(["best-1.bin", "best-2.bin", "checkpoint.bin"], Names());
        checkpoint.Save(s_state, store, bestEpoch: 2);
        Assert.Equal(["best-2.bin", "checkpoint.bin"], Names());
        using var other = Store(3);
        checkpoint.LoadBest(2, other);
        Assert.Equal(WeightBytes.Of(store), WeightBytes.Of(other));
        var missing = Assert.Throws<InputException>(() => checkpoint.LoadBest(1, other));
        Assert.Contains("best-1.bin", missing.Message, StringComparison.Ordinal);
        checkpoint.Begin();
        Assert.Empty(Names());
        Assert.False(checkpoint.Exists);
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_refused()
    {
        _folder.Write("work", "a file");
        Assert.Contains("cannot be written", Assert.Throws<InputException>(new Checkpoint(_folder.Path("work")).Begin).Message, StringComparison.Ordinal);
    }

    private string[] Names() => [.. Directory.GetFiles(_folder.Path("work")).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    private Checkpoint Saved(ParameterStore store)
    {
        var checkpoint = new Checkpoint(_folder.Path("work"));
        checkpoint.Begin();
        checkpoint.Save(s_state, store, bestEpoch: 1);
        return checkpoint;
    }

    private ParameterStore Store(ulong seed)
    {
        var store = new ParameterStore(_graph, seed, moments: 2);
        foreach (var parameter in _graph.Parameters)
            for (var m = 0; m < 2; m++)
                store.MomentValues(parameter, m).Fill(seed + (float)m);
        return store;
    }
}
