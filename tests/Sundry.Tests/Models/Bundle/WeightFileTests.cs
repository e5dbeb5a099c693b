using System.Buffers.Binary;
using Sundry.Compute;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Tests.Models;

public sealed class WeightFileTests
{
    private readonly Graph _graph = Build("layer", 5);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Values_and_moments_come_back_to_the_last_bit(int moments)
    {
        using var store = Store(_graph, 1, moments);
        using var other = Store(_graph, 2, moments);
        var bytes = Write(store, moments > 0);
        WeightFile.Read(new MemoryStream(bytes), other, "weights.bin");
        Assert.Equal(bytes, Write(other, moments > 0));
    }

    [Fact]
    public void Every_byte_counts()
    {
        using var store = Store(_graph, 1, 0);
        var whole = Write(store, false);
        var random = new Random(1);
        for (var at = 0; at < whole.Length; at++)
        {
            var changed = whole.ToArray();
            changed[at] ^= (byte)random.Next(1, 256);
            var refused = Assert.Throws<InputException>(() => WeightFile.Read(new MemoryStream(changed), store, "weights.bin"));
            Assert.StartsWith("weights.bin: ", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_length_but_the_right_one_is_refused()
    {
        using var store = Store(_graph, 1, 0);
        var whole = Write(store, false);
        for (var length = 0; length < whole.Length; length++)
            Assert.Throws<InputException>(() => WeightFile.Read(new MemoryStream(whole, 0, length), store, "weights.bin"));
        Assert.Throws<InputException>(() => WeightFile.Read(new MemoryStream([.. whole, 0]), store, "weights.bin"));
    }

    [Fact]
    public void Chance_bytes_never_crash_and_take_no_memory()
    {
        using var store = Store(_graph, 1, 0);
        var whole = Write(store, false);
        var random = new Random(2);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 2000; round++)
        {
            var bytes = whole.AsSpan(0, random.Next(whole.Length)).ToArray();
            random.NextBytes(bytes.AsSpan(Math.Min(bytes.Length, random.Next(30))));
            Assert.Throws<InputException>(() => WeightFile.Read(new MemoryStream(bytes), store, "weights.bin"));
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(16)]
    [InlineData(20)]
    [InlineData(24)]
    [InlineData(28)]
    public void Lengths_in_the_file_are_compared_and_never_allocated(int at)
    {
        using var store = Store(_graph, 1, 0);
        foreach (var value in new[] { int.MaxValue, int.MinValue, -1, 1 << 28 })
        {
            var bytes = Write(store, false);
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), value);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Throws<InputException>(() => WeightFile.Read(new MemoryStream(bytes), store, "weights.bin"));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        }
    }

    [Fact]
    public void Weights_of_another_graph_optimiser_or_version_are_refused()
    {
        using var store = Store(_graph, 1, 0);
        using var wider = Store(Build("layer", 6), 1, 0);
        using var renamed = Store(Build("label", 5), 1, 0);
        using var adam = Store(_graph, 1, 2);
        using var sgd = Store(_graph, 1, 1);
        foreach (var other in new[] { wider, renamed })
            Assert.Contains("not those of the model", Assert.Throws<InputException>(() => WeightFile.Read(new MemoryStream(Write(store, false)), other, "w")).Message, StringComparison.Ordinal);
        Assert.Contains("moments", Assert.Throws<InputException>(() => WeightFile.Read(new MemoryStream(Write(adam, true)), sgd, "w")).Message, StringComparison.Ordinal);
        // weights alone suit any optimiser
        WeightFile.Read(new MemoryStream(Write(adam, false)), sgd, "w");
        var later = Write(store, false);
        later[8] = 9;
        Assert.Contains("version 9", Assert.Throws<InputException>(() => WeightFile.Read(new MemoryStream(later), store, "w")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_length_of_a_file_is_known_from_the_graph()
    {
        using var folder = new TemporaryFolder();
        using var store = Store(_graph, 1, 0);
        File.WriteAllBytes(folder.Path("w"), Write(store, false));
        WeightFile.CheckLength(folder.Path("w"), _graph);
        File.WriteAllBytes(folder.Path("w"), Write(store, false)[..^1]);
        Assert.Throws<InputException>(() => WeightFile.CheckLength(folder.Path("w"), _graph));
    }

    private static Graph Build(string name, int width)
    {
        var graph = new Graph();
        var ids = graph.Ids("ids", 2);
        graph.Table("table", 7, 3, Initializer.Normal(1)).Lookup(ids).Linear(name, width).BatchNorm("norm");
        return graph;
    }

    private static ParameterStore Store(Graph graph, ulong seed, int moments)
    {
        var store = new ParameterStore(graph, seed, moments);
        foreach (var parameter in graph.Parameters)
            for (var m = 0; m < moments; m++)
                store.MomentValues(parameter, m).Fill(seed * 10f + m);
        return store;
    }

    private static byte[] Write(ParameterStore store, bool moments)
    {
        using var stream = new MemoryStream();
        WeightFile.Write(stream, store, moments);
        return stream.ToArray();
    }
}
