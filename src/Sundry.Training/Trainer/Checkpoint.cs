using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using Sundry.Compute;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Training;

/// <summary>
/// The files of a training that is under way, in a folder beside its output: the checkpoint of the last whole epoch, and the weights of
/// the best one. Each is written beside its place and renamed, so that a kill at any moment leaves the one before.
/// </summary>
internal sealed class Checkpoint(string folder)
{
    private const ulong Magic = 0x5354_4154_5944_4E53; // "SNDYTATS"
    private const int LongestState = 64 << 20;
    private const string Draft = ".draft";

    private readonly string _file = Path.Combine(folder, "checkpoint.bin");

    public bool Exists => File.Exists(_file);

    public void Begin() => Guarded(() =>
    {
        Directory.CreateDirectory(folder);
        Clear();
    });

    /// <summary>Keeps the weights of a best epoch; those of earlier ones go once the next checkpoint no longer needs them.</summary>
    public void SaveBest(int epoch, ParameterStore store) => Write(BestFile(epoch), stream => WeightFile.Write(stream, store, moments: false));

    public void LoadBest(int epoch, ParameterStore store)
    {
        using var stream = Open(BestFile(epoch));
        WeightFile.Read(stream, store, BestFile(epoch));
    }

    public void Save(TrainingState state, ParameterStore store, int bestEpoch)
    {
        Write(_file, stream =>
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(state, BundleJson.Options);
            Span<byte> head = stackalloc byte[12];
            BinaryPrimitives.WriteUInt64LittleEndian(head, Magic);
            BinaryPrimitives.WriteInt32LittleEndian(head[8..], json.Length);
            stream.Write(head);
            stream.Write(json);
            stream.Write(SHA256.HashData(json));
            WeightFile.Write(stream, store, moments: true);
        });
        Guarded(() =>
        {
            foreach (var file in Directory.EnumerateFiles(folder, "best-*.bin"))
                if (file != BestFile(bestEpoch))
                    File.Delete(file);
        });
    }

    public TrainingState Load(ParameterStore store, string fingerprint)
    {
        using var stream = Open(_file);
        Span<byte> head = stackalloc byte[12];
        var read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var length = BinaryPrimitives.ReadInt32LittleEndian(head[8..]);
        if (read < head.Length || BinaryPrimitives.ReadUInt64LittleEndian(head) != Magic || length is < 2 or > LongestState || length > stream.Length)
            throw new InputException("it is not a checkpoint; train again without --resume", _file);
        var json = new byte[length];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        read = stream.ReadAtLeast(json, length, throwOnEndOfStream: false) + stream.ReadAtLeast(hash, hash.Length, throwOnEndOfStream: false);
        if (read < length + hash.Length || !hash.SequenceEqual(SHA256.HashData(json)))
            throw new InputException("it was changed or damaged; train again without --resume", _file);
        var state = Parse(json);
        if (state.Fingerprint != fingerprint)
            throw new InputException("it belongs to another configuration or other data; undo the change, or train again without --resume", _file);
        WeightFile.Read(stream, store, _file);
        return state;
    }

    /// <summary>Deletes its files, and the folder where nothing else is in it.</summary>
    public void Delete()
    {
        if (!Directory.Exists(folder)) return;
        Clear();
        if (!Directory.EnumerateFileSystemEntries(folder).Any()) Directory.Delete(folder);
    }

    // the state first: without it the rest is not looked at
    private void Clear()
    {
        File.Delete(_file);
        foreach (var pattern in new[] { "best-*.bin", "*.bin" + Draft })
            foreach (var file in Directory.EnumerateFiles(folder, pattern))
                File.Delete(file);
    }

    private TrainingState Parse(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize<TrainingState>(json, BundleJson.Options) ?? throw new JsonException("it is empty");
        }
        catch (JsonException e)
        {
            throw new InputException("its state was written by another version of the program; train again without --resume", _file, inner: e);
        }
    }

    private string BestFile(int epoch) => Path.Combine(folder, $"best-{epoch}.bin");

    private static FileStream Open(string file)
    {
        try
        {
            return new(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"this part of the checkpoint cannot be read ({e.Message.TrimEnd('.')}); train again without --resume", file, inner: e);
        }
    }

    private void Write(string file, Action<Stream> write) => Guarded(() =>
    {
        var draft = file + Draft;
        try
        {
            using (var stream = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(draft, file, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    });

    private void Guarded(Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"the checkpoint cannot be written ({e.Message.TrimEnd('.')}); free space, then go on with --resume", folder, inner: e);
        }
    }
}
