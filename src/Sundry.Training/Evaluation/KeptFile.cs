using System.Runtime.InteropServices;
using System.Text.Json;
using Sundry.Models;

namespace Sundry.Training;

/// <summary>
/// Something that took long to find out, as a file: a line of JSON, then floats. It is written beside its place and renamed, so that it is whole or
/// absent; one that is damaged counts as absent, and only costs the work again.
/// </summary>
internal static class KeptFile
{
    private static readonly JsonSerializerOptions s_line = new(BundleJson.Options) { WriteIndented = false };

    /// <summary>What was kept; null where there is nothing, or a damaged file.</summary>
    public static (T Head, float[][] Values)? Read<T>(string file)
    {
        if (!File.Exists(file)) return null;
        var bytes = File.ReadAllBytes(file);
        var end = bytes.AsSpan().IndexOf((byte)'\n');
        if (end < 0) return null;
        try
        {
            if (JsonSerializer.Deserialize<Line<T>>(bytes.AsSpan(0, end), s_line) is not { Head: { } head, Lengths: { } lengths }) return null;
            if (lengths.Any(l => l < 0) || bytes.Length - end - 1 != sizeof(float) * lengths.Sum(l => (long)l)) return null;
            var at = end + 1;
            var values = new float[lengths.Length][];
            for (var i = 0; i < values.Length; at += sizeof(float) * lengths[i], i++)
                values[i] = MemoryMarshal.Cast<byte, float>(bytes.AsSpan(at, sizeof(float) * lengths[i])).ToArray();
            return (head, values);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Keeps something; its folder is made where there is none.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write<T>(string file, T head, IReadOnlyList<float[]> values)
    {
        var draft = file + ".draft";
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        using (var stream = File.Create(draft))
        {
            JsonSerializer.Serialize(stream, new Line<T>(head, [.. values.Select(v => v.Length)]), s_line);
            stream.WriteByte((byte)'\n');
            foreach (var array in values) stream.Write(MemoryMarshal.AsBytes(array.AsSpan()));
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, file, overwrite: true);
    }

    private sealed record Line<T>(T Head, int[] Lengths);
}
