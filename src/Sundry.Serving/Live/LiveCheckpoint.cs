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

    /// <summary>Writes a memory; the thread that changes it calls this, and <see cref="Seal"/> may be called by any other.</summary>
    public static IReadOnlyList<(long Start, long End)> Write(ShopMemory memory, LiveOptions options, ScratchStream into)
    {
        using (var writer = new BinaryWriter(into, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Magic);
            writer.Write(Fingerprint(memory.Encoder, options));
        }

        var parts = memory.Write(into);
        memory.SavedLength = into.Length;
        return parts;
    }

    /// <summary>Completes what <see cref="Write"/> wrote; it is to be read from its beginning then.</summary>
    public static void Seal(Stream bytes, IReadOnlyList<(long Start, long End)> parts)
    {
        FoldFile.Seal(bytes, parts);
        bytes.Position = 0;
    }

    /// <summary>The memory of the store's last checkpoint, with the descriptions of now; null where there is none that fits.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read just now.</exception>
    public static async Task<ShopMemory?> Restore(ShopStore store, Encoder? encoder, LiveOptions options, RuleNames names, Descriptions descriptions, CancellationToken cancel)
    {
        using var stream = new ScratchStream(0);
        if (!await store.Checkpoints.ReadLatest(Name, stream, cancel)) return null;
        var memory = new ShopMemory(encoder, options, names);
        try
        {
            stream.Position = 0;
            using (var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true))
                if (reader.ReadUInt64() != Magic || !reader.ReadBytes(SHA256.HashSizeInBytes).AsSpan().SequenceEqual(Fingerprint(encoder, options))) return null;
            memory.Load(stream);
            memory.SavedLength = stream.Length;
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
