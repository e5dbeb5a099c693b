using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Training;

/// <summary>
/// A fitted recommender as one file: a magic number, the version, the length of a JSON head and the head (name, settings, and for each array its name, kind and length), the
/// arrays little-endian, and the SHA-256 of all before it. It is written under another name and renamed: a file is whole or absent. A reader checks the checksum and every
/// length before it takes memory for it.
/// </summary>
public static class RecommenderFile
{
    private const ulong Magic = 0x5244_4E45_4D4D_4352; // "RCMMENDR"
    private const int Version = 1;
    private const int HeadAt = 16;
    private const int HashBytes = 32;

    /// <summary>Writes a recommender.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="name">The recommender's name.</param>
    /// <param name="options">Its settings.</param>
    /// <param name="recommender">The recommender, fitted.</param>
    /// <param name="train">The interactions that it was fitted on; they go into the file too.</param>
    /// <exception cref="InputException">It cannot be written.</exception>
    public static void Save(string path, string name, RecommenderOptions options, IRecommender recommender, Interactions train)
    {
        var state = new RecommenderState();
        recommender.Keep(state);
        InteractionState.Keep(train, state);
        var draft = $"{path}.{Environment.ProcessId}.draft";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            using (var stream = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            using (var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256))
            {
                var head = JsonSerializer.SerializeToUtf8Bytes(new Head(name, options, [.. state.Arrays.Select(a => new Section(a.Key, a.Value is float[], a.Value.Length))]), BundleJson.Options);
                var start = new byte[HeadAt];
                BinaryPrimitives.WriteUInt64LittleEndian(start, Magic);
                BinaryPrimitives.WriteInt32LittleEndian(start.AsSpan(8), Version);
                BinaryPrimitives.WriteInt32LittleEndian(start.AsSpan(12), head.Length);
                Write(stream, hash, start);
                Write(stream, hash, head);
                foreach (var array in state.Arrays.Values) Write(stream, hash, Bytes(array));
                stream.Write(hash.GetHashAndReset());
                stream.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"it cannot be written ({e.Message.TrimEnd('.')}); free space or name another file", path, inner: e);
        }
        finally
        {
            if (File.Exists(draft)) File.Delete(draft);
        }
    }

    /// <summary>Reads a recommender.</summary>
    /// <exception cref="InputException">It is not there, of another version, cut short, or changed.</exception>
    public static (string Name, IRecommender Recommender, Interactions Train) Load(string path)
    {
        if (!File.Exists(path)) throw new InputException("there is no such file; give one that 'sundry recommend lists --keep FILE' wrote", path);
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
            Check(stream, path);
            stream.Position = HeadAt - sizeof(int);
            Span<byte> number = stackalloc byte[sizeof(int)];
            stream.ReadExactly(number);
            var length = BinaryPrimitives.ReadInt32LittleEndian(number);
            if (length < 2 || length > stream.Length - HeadAt - HashBytes) throw Damaged(path);
            var text = new byte[length];
            stream.ReadExactly(text);
            var head = JsonSerializer.Deserialize<Head>(text, BundleJson.Options) ?? throw Damaged(path);
            if (head.Arrays.Any(a => a.Length < 0) || head.Arrays.Sum(a => 4L * a.Length) != stream.Length - HashBytes - stream.Position) throw Damaged(path);
            var state = new RecommenderState();
            foreach (var section in head.Arrays)
            {
                Array array = section.Floats ? new float[section.Length] : new int[section.Length];
                stream.ReadExactly(Bytes(array));
                if (!state.Arrays.TryAdd(section.Name, array)) throw Damaged(path);
            }

            var train = InteractionState.Restore(state);
            var recommender = Recommenders.Create(head.Recommender, head.Options);
            recommender.Restore(state, train);
            return (head.Recommender, recommender, train);
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            throw new InputException($"it cannot be read ({e.Message.TrimEnd('.')}); copy the file again", path, inner: e);
        }
    }

    private static void Check(FileStream stream, string path)
    {
        Span<byte> start = stackalloc byte[HeadAt];
        if (stream.Length < HeadAt + HashBytes || stream.ReadAtLeast(start, HeadAt, throwOnEndOfStream: false) < HeadAt || BinaryPrimitives.ReadUInt64LittleEndian(start) != Magic)
            throw new InputException("this is no recommender's file; give one that 'sundry recommend lists --keep FILE' wrote", path);
        if (BinaryPrimitives.ReadInt32LittleEndian(start[8..]) is var version and not Version)
            throw new InputException($"it is of version {version}, this program reads version {Version}; fit the recommender again", path);
        stream.Position = 0;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        for (var left = stream.Length - HashBytes; left > 0;)
        {
            var read = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, left));
            hash.AppendData(buffer, 0, read);
            left -= read;
        }

        Span<byte> written = stackalloc byte[HashBytes];
        stream.ReadExactly(written);
        if (!hash.GetHashAndReset().AsSpan().SequenceEqual(written)) throw Damaged(path);
    }

    private static void Write(FileStream stream, IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        stream.Write(bytes);
        hash.AppendData(bytes);
    }

    private static Span<byte> Bytes(Array array) => array is float[] floats ? MemoryMarshal.AsBytes(floats.AsSpan()) : MemoryMarshal.AsBytes(((int[])array).AsSpan());

    private static InputException Damaged(string path) => new("its checksum or its lengths are wrong, so the file was cut short or changed; copy it again", path);

    private sealed record Head(string Recommender, RecommenderOptions Options, IReadOnlyList<Section> Arrays);

    private sealed record Section(string Name, bool Floats, int Length);
}
