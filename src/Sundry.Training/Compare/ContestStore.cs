using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Training;

/// <summary>Contestants that are done, one file each: a line of JSON and the predictions as floats. Files of another configuration or other data do not count.</summary>
internal sealed class ContestStore
{
    private readonly string _folder;
    private readonly Dataset _data;
    private readonly string _fingerprint;

    public ContestStore(string folder, Dataset data, SundryOptions options, bool equalParameters = false)
    {
        _folder = folder;
        _data = data;
        using var encoder = new MemoryStream();
        data.Encoder.Save(encoder);
        // what the contestants bring themselves is left out
        var same = options with { Model = options.Model with { Architecture = "" }, Training = options.Training with { Balancing = options.Training.Balancing with { Method = "" }, Seed = 0, Threads = 0 } };
        _fingerprint = Convert.ToHexStringLower(SHA256.HashData([.. encoder.ToArray(), .. Encoding.UTF8.GetBytes($"{ConfigWriter.ToCanonical(same.Model)}\n{ConfigWriter.ToCanonical(same.Training)}\n{data.Train.Fingerprint}\n{data.Validation.Fingerprint}\n{data.Test?.Fingerprint}{(equalParameters ? $"\nequal parameters of {options.Model.Architecture}" : "")}")]));
    }

    private EncodedTable Judged => _data.Test ?? _data.Validation;

    public void Keep(ContestResult result)
    {
        var file = FileOf(result.Contestant);
        var draft = file + ".draft";
        try
        {
            Directory.CreateDirectory(_folder);
            using (var stream = File.Create(draft))
            {
                JsonSerializer.Serialize(stream, new Head(_fingerprint, result.Seconds, result.Parameters, result.DenseParameters, [.. result.Predictions.Select(p => p.Values.Length)]), s_line);
                stream.WriteByte((byte)'\n');
                foreach (var task in result.Predictions) stream.Write(MemoryMarshal.AsBytes(task.Values.AsSpan()));
                stream.Flush(flushToDisk: true);
            }

            File.Move(draft, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"what a contestant came to cannot be written ({e.Message.TrimEnd('.')}); free space, then give the same command again", _folder, inner: e);
        }
    }

    public ContestResult? Find(Contestant contestant)
    {
        var file = FileOf(contestant);
        if (!File.Exists(file)) return null;
        var bytes = File.ReadAllBytes(file);
        var end = bytes.AsSpan().IndexOf((byte)'\n');
        if (end < 0 || Parse(bytes.AsSpan(0, end)) is not { } head || head.Fingerprint != _fingerprint) return null;
        var tasks = _data.Layout.Tasks;
        int[] lengths = [.. tasks.Select(t => Judged.RowsOf(t).Count * (t.Type == TaskType.Multiclass ? t.Classes.Count : 1))];
        if (!head.Lengths.SequenceEqual(lengths) || bytes.Length != end + 1 + sizeof(float) * lengths.Sum(l => (long)l)) return null;
        var at = end + 1;
        var predictions = new List<TaskPredictions>();
        for (var t = 0; t < tasks.Count; t++)
        {
            var values = MemoryMarshal.Cast<byte, float>(bytes.AsSpan(at, sizeof(float) * lengths[t])).ToArray();
            at += sizeof(float) * lengths[t];
            predictions.Add(Evaluation.Judged(tasks[t], Judged, outputs: 0) with { Values = values });
        }

        return new ContestResult(contestant, predictions, head.Seconds, head.Parameters) { DenseParameters = head.DenseParameters };
    }

    private static readonly JsonSerializerOptions s_line = new(BundleJson.Options) { WriteIndented = false };

    private static Head? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<Head>(json, s_line);
        }
        catch (JsonException)
        {
            return null; // a damaged file only costs training that contestant again
        }
    }

    private string FileOf(Contestant c) => Path.Combine(_folder, $"{c.Architecture}-{(c.Architecture == Contestant.Single ? "alone" : c.Balancing)}-{c.Seed}.run");

    private sealed record Head(string Fingerprint, double Seconds, long Parameters, long DenseParameters, int[] Lengths);
}
