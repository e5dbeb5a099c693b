using System.Buffers.Binary;
using System.Diagnostics;
using Sundry.Data;
using Sundry.Serving;

namespace Sundry.Tests;

/// <summary>A checkpoint with right checksums over wrong bytes, as no disk makes it: the start takes it, or begins anew, quickly and without memory for what only lies are told about.</summary>
public sealed class CheckpointFuzzTests : IDisposable
{
    private const int Cases = 200;
    private const long MostBytes = 32L << 20;

    // of the parts: mark, version, count
    private const int PartsHead = 16;

    private readonly ToyShop _toys = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _toys.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_start_takes_it_or_begins_anew()
    {
        var log = ToyLog.Draw(2000, users: 30, items: 40);
        var store = _toys.Store();
        await ToyShop.Describe(store, log);
        await store.Events.Append([.. ShopStateTests.All(log).Select((e, i) => ToyShop.Record(log, e, i))]);
        var encoder = ToyShop.Encoder(_folder, log);
        using var bytes = new MemoryStream();
        await using (var live = await LiveShop.Open(store, encoder, _toys.Options)) Assert.True(await live.Checkpoint());
        await store.Checkpoints.Copy((await store.Checkpoints.Latest(LiveCheckpoint.Name))!, bytes);
        var whole = bytes.ToArray();
        var sections = Sections(whole);
        Assert.InRange(sections.Count, 5, 50);
        var random = new Random(7);
        var (taken, anew, slowest) = (0, 0, 0.0);
        for (var i = 0; i < Cases; i++)
        {
            var changed = Forged(whole, sections[random.Next(sections.Count)], random);
            Assert.True(await store.Checkpoints.Save(LiveCheckpoint.Name, await store.Position(), new MemoryStream(changed)));
            var (started, before) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
            var thread = Environment.CurrentManagedThreadId;
            await using var live = await LiveShop.Open(store, encoder, _toys.Options);
            if (live.WasRestored) taken++;
            else anew++;
            slowest = Math.Max(slowest, Stopwatch.GetElapsedTime(started).TotalSeconds);
            // SQLite is read where one stands
            if (thread == Environment.CurrentManagedThreadId) Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
        }

        Assert.True(taken > 0 && anew > 0, $"{taken} were taken, {anew} were not");
        Assert.InRange(slowest, 0, 60);
    }

    // some bytes of a part are changed, most often those of a number, and its checksum is made right
    private static byte[] Forged(byte[] whole, (int Head, int State, int Length) section, Random random)
    {
        var bytes = (byte[])whole.Clone();
        for (var changes = random.Next(1, 4); changes > 0 && section.Length > 4; changes--)
        {
            var at = section.State + (random.Next(3) == 0 ? random.Next(Math.Min(16, section.Length - 3)) : random.Next(section.Length - 3));
            int[] numbers = [0, -1, 1, int.MaxValue, int.MinValue, random.Next(), random.Next(1 << 26), 255, 65_536];
            if (random.Next(2) == 0) bytes[at] = (byte)random.Next(256);
            else BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), numbers[random.Next(numbers.Length)]);
        }

        var end = section.State + section.Length;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(end), Crc32C.Append(Crc32C.Start, bytes.AsSpan(section.Head, end - section.Head)));
        return bytes;
    }

    private static List<(int Head, int State, int Length)> Sections(byte[] whole)
    {
        var parts = whole.AsSpan().IndexOf("SNDYFOLD"u8);
        Assert.True(parts > 0);
        var sections = new List<(int, int, int)>();
        for (var at = parts + PartsHead; at < whole.Length;)
        {
            var (name, length) = (BinaryPrimitives.ReadInt32LittleEndian(whole.AsSpan(at)), (int)BinaryPrimitives.ReadInt64LittleEndian(whole.AsSpan(at + 4)));
            sections.Add((at, at + 12 + name, length));
            at += 12 + name + length + 4;
        }

        return sections;
    }
}
