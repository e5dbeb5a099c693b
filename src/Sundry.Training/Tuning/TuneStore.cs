using System.Runtime.InteropServices;
using System.Text.Json;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Training;

/// <summary>
/// What a search has found so far, one file each: a line of JSON, then floats where there are predictions. A file is written beside its place
/// and renamed, so that it is whole or absent, and a search that was stopped goes on from those that are there.
/// </summary>
internal sealed class TuneStore
{
    private const string Owner = "search.json";

    private static readonly JsonSerializerOptions s_line = new(BundleJson.Options) { WriteIndented = false };

    private readonly string _folder;

    /// <summary>Opens the folder of a search.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="fingerprint">Of all that the results depend on.</param>
    /// <param name="resume">Whether what is there may be gone on from.</param>
    /// <exception cref="InputException">There is another search in it, or this one without <paramref name="resume"/>.</exception>
    public TuneStore(string folder, string fingerprint, bool resume)
    {
        _folder = folder;
        if (Read<string>(Owner) is { } owner)
        {
            if (!resume) throw new InputException("the folder holds a search already; give --resume to go on with it, or another --out", folder);
            if (owner.Head != fingerprint) throw new InputException("the search in this folder belongs to another configuration, objective or other data; undo the change, or give another --out", folder);
        }

        Keep(Owner, fingerprint);
    }

    /// <summary>Goes on with a search of the same fingerprint, and clears away any other.</summary>
    public static TuneStore OpenOrReplace(string folder, string fingerprint)
    {
        if (Directory.Exists(folder) && (!File.Exists(Path.Combine(folder, Owner)) || new TuneStore(folder).Read<string>(Owner)?.Head != fingerprint)) Directory.Delete(folder, recursive: true);
        return new(folder, fingerprint, resume: true);
    }

    private TuneStore(string folder) => _folder = folder;

    /// <summary>The folder of a training's checkpoints.</summary>
    public string WorkFolder(string name) => Path.Combine(_folder, name);

    /// <summary>What was kept under a name; null where there is nothing, or a damaged file.</summary>
    public (T Head, float[][] Values)? Read<T>(string name)
    {
        var file = Path.Combine(_folder, name);
        if (!File.Exists(file)) return null;
        var bytes = File.ReadAllBytes(file);
        var end = bytes.AsSpan().IndexOf((byte)'\n');
        if (end < 0) return null;
        try
        {
            if (JsonSerializer.Deserialize<Line<T>>(bytes.AsSpan(0, end), s_line) is not { } line) return null;
            if (line.Lengths.Any(l => l < 0) || bytes.Length - end - 1 != sizeof(float) * line.Lengths.Sum(l => (long)l)) return null;
            var at = end + 1;
            var values = new float[line.Lengths.Length][];
            for (var i = 0; i < values.Length; at += sizeof(float) * line.Lengths[i], i++)
                values[i] = MemoryMarshal.Cast<byte, float>(bytes.AsSpan(at, sizeof(float) * line.Lengths[i])).ToArray();
            return (line.Head, values);
        }
        catch (JsonException)
        {
            return null; // a damaged file only costs its training again
        }
    }

    /// <summary>Keeps something under a name.</summary>
    public void Keep<T>(string name, T head, params IReadOnlyList<float[]> values)
    {
        var file = Path.Combine(_folder, name);
        var draft = file + ".draft";
        try
        {
            Directory.CreateDirectory(_folder);
            using (var stream = File.Create(draft))
            {
                JsonSerializer.Serialize(stream, new Line<T>(head, [.. values.Select(v => v.Length)]), s_line);
                stream.WriteByte((byte)'\n');
                foreach (var array in values) stream.Write(MemoryMarshal.AsBytes(array.AsSpan()));
                stream.Flush(flushToDisk: true);
            }

            File.Move(draft, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"what a trial came to cannot be written ({e.Message.TrimEnd('.')}); free space, then give the same command again with --resume", _folder, inner: e);
        }
    }

    private sealed record Line<T>(T Head, int[] Lengths);
}
