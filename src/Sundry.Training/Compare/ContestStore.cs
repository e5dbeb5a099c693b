using System.Security.Cryptography;
using System.Text;
using Sundry.Data;

namespace Sundry.Training;

/// <summary>Contestants that are done, one <see cref="KeptFile"/> each with its predictions. Files of another configuration or other data do not count.</summary>
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
        try
        {
            KeptFile.Write(FileOf(result.Contestant), new Head(_fingerprint, result.Seconds, result.Parameters, result.DenseParameters), [.. result.Predictions.Select(p => p.Values)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"what a contestant came to cannot be written ({e.Message.TrimEnd('.')}); free space, then give the same command again", _folder, inner: e);
        }
    }

    public ContestResult? Find(Contestant contestant)
    {
        if (KeptFile.Read<Head>(FileOf(contestant)) is not var (head, values) || head.Fingerprint != _fingerprint) return null;
        var tasks = _data.Layout.Tasks;
        int[] lengths = [.. tasks.Select(t => Judged.RowsOf(t).Count * (t.Type == TaskType.Multiclass ? t.Classes.Count : 1))];
        if (!values.Select(v => v.Length).SequenceEqual(lengths)) return null;
        var predictions = tasks.Select((task, t) => Evaluation.Judged(task, Judged, outputs: 0) with { Values = values[t] }).ToList();
        return new ContestResult(contestant, predictions, head.Seconds, head.Parameters) { DenseParameters = head.DenseParameters };
    }

    private string FileOf(Contestant c) => Path.Combine(_folder, $"{c.Architecture}-{(c.Architecture == Contestant.Single ? "alone" : c.Balancing)}-{c.Seed}.run");

    private sealed record Head(string Fingerprint, double Seconds, long Parameters, long DenseParameters);
}
