using System.Security.Cryptography;
using System.Text.Json;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>A shop's memory as a checkpoint of its store.</summary>
internal static class LiveCheckpoint
{
    /// <summary>What the checkpoint is called.</summary>
    public const string Name = "live";

    private const int Version = 1;
    private const ulong Magic = 0x4556_494C_5944_4E53;     // "SNDYLIVE"

    /// <summary>What a memory depends on beside the store: a checkpoint under another of these is of no use.</summary>
    public static byte[] Fingerprint(Encoder? encoder, LiveOptions options) => SHA256.HashData(
    [
        .. encoder is null ? [] : SampleEncoder.StateKey(encoder),
        .. JsonSerializer.SerializeToUtf8Bytes(new { Version, options.Popularity, options.Trends, options.CoVisited, options.BoughtTogether, options.Visits }),
    ]);

    /// <summary>Writes a memory; the thread that changes it calls this.</summary>
    public static MemoryStream Write(ShopMemory memory, LiveOptions options)
    {
        var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Magic);
            writer.Write(Fingerprint(memory.Encoder, options));
        }

        memory.Save(stream);
        stream.Position = 0;
        return stream;
    }

    /// <summary>The memory of the store's last checkpoint, with the descriptions of now; null where there is none that fits.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read just now.</exception>
    public static async Task<ShopMemory?> Restore(ShopStore store, Encoder? encoder, LiveOptions options, RuleNames names, Descriptions descriptions, CancellationToken cancel)
    {
        if (await store.Checkpoints.ReadLatest(Name, cancel) is not { } bytes) return null;
        var memory = new ShopMemory(encoder, options, names);
        using var stream = new MemoryStream(bytes, 0, bytes.Length, writable: false, publiclyVisible: true);
        try
        {
            using (var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true))
                if (reader.ReadUInt64() != Magic || !reader.ReadBytes(SHA256.HashSizeInBytes).AsSpan().SequenceEqual(Fingerprint(encoder, options))) return null;
            memory.Load(stream);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            // what cannot be used is made anew
            return null;
        }

        if (await descriptions.Tell(memory) >= memory.Position) return memory;
        // another server saved it while they were being read
        foreach (var row in await StoreRound.Changed(store.Items, memory.ItemsRead, cancel)) memory.DescribeItem(row);
        foreach (var row in await StoreRound.Changed(store.Users, memory.UsersRead, cancel)) memory.DescribeUser(row);
        return memory;
    }
}
