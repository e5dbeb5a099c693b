namespace Sundry.Data;

/// <summary>Encodes blocks of the provisional file into the tables of the parts, several features side by side.</summary>
internal sealed class PartWriters : IDisposable
{
    /// <summary>A block of fewer rows is not worth a second thread.</summary>
    public const int FewRows = 1024;

    private readonly Layout _layout;
    private readonly FeatureColumn[] _features;
    private readonly FeatureColumn[] _bags;
    private readonly LabelColumn[] _labels;
    private readonly IReadOnlyList<SourceTable> _sources;
    // for each feature where in a record its ids and its numbers begin
    private readonly (int Id, int Number)[] _places;
    private readonly int _label;
    private readonly int _stride;
    private readonly int[] _records;
    private readonly EncodedTableWriter?[] _writers = new EncodedTableWriter?[3];

    /// <summary>Creates the tables of the parts that have rows.</summary>
    /// <param name="folder">Their folder.</param>
    /// <param name="layout">The columns.</param>
    /// <param name="features">The features; those that were dropped among them.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="sources">Where the rows are from.</param>
    /// <param name="partRows">[part] rows.</param>
    /// <param name="bagIds">[bag][part] ids.</param>
    public PartWriters(string folder, Layout layout, FeatureColumn[] features, LabelColumn[] labels, IReadOnlyList<SourceTable> sources, long[] partRows, long[][] bagIds)
    {
        _layout = layout;
        _features = Array.FindAll(features, static feature => feature.Encoder is not null);
        _bags = Array.FindAll(_features, static feature => feature is IBagColumn or HistoryColumn);
        _labels = labels;
        _sources = sources;
        _label = layout.Ids.Count + layout.Numbers.Count;
        _stride = _label + layout.Tasks.Count + 1;
        _records = new int[ProvisionalFile.BlockRows * _stride];
        _places = new (int, int)[_features.Length];
        int id = 0;
        int number = layout.Ids.Count;
        for (int i = 0; i < _places.Length; i++)
        {
            _places[i] = (id, number);
            id += _features[i].Encoder!.IdCount;
            number += _features[i].Encoder!.NumberCount;
        }

        for (int part = 0; part < 3; part++)
            if (partRows[part] > 0) _writers[part] = new EncodedTableWriter(Path.Combine(folder, Preparation.FileName((Part)part)), layout, partRows[part], Array.ConvertAll(bagIds, ids => ids[part]));
        WriteStreams();
    }

    /// <summary>Encodes and writes a block.</summary>
    /// <param name="rows">The file, the block read and its parts decided.</param>
    /// <param name="first">The number of its first row among all.</param>
    public void Write(ProvisionalFile rows, long first)
    {
        int count = rows.Count;
        if (count < FewRows)
            for (int i = 0; i < _features.Length; i++) Encode(i, count, first);
        else Parallel.For(0, _features.Length, i => Encode(i, count, first));
        for (int i = 0; i < count; i++)
        {
            var record = _records.AsSpan(i * _stride, _stride);
            for (int task = 0; task < _labels.Length; task++) record[_label + task] = BitConverter.SingleToInt32Bits(_labels[task][i]);
            record[^1] = BitConverter.SingleToInt32Bits(rows.Weight(i));
        }

        // rows of one part often lie side by side: by time, nearly all do
        for (int start = 0, end; start < count; start = end)
        {
            var part = rows.Parts[start];
            for (end = start + 1; end < count && rows.Parts[end] == part;) end++;
            if (part <= Part.Test) Append(_writers[(int)part]!, start, end);
        }
    }

    /// <summary>Completes the tables.</summary>
    public void Finish()
    {
        foreach (var writer in _writers) writer?.Finish();
    }

    public void Dispose()
    {
        foreach (var writer in _writers) writer?.Dispose();
    }

    private void Append(EncodedTableWriter writer, int start, int end)
    {
        writer.Append(_records.AsSpan(start * _stride, (end - start) * _stride));
        int next = 0;
        foreach (var bag in _bags)
        {
            if (bag is HistoryColumn history)
            {
                writer.AppendWindows(next, history.Windows(start, end));
                next += history.BagCount;
                continue;
            }

            for (int i = start; i < end; i++) writer.AppendBag(next, ((IBagColumn)bag).Ids(i));
            next++;
        }
    }

    private void Encode(int feature, int count, long first)
    {
        var (id, number) = _places[feature];
        _features[feature].Encode(_records, _stride, id, number, count);
        LeaveOut(_features[feature], id, number, count, first);
    }

    // what a source has no column for is a value of its own, and 0 as a number
    private void LeaveOut(FeatureColumn feature, int id, int number, int rows, long first)
    {
        foreach (var source in _sources)
        {
            if (source.Features.Contains(feature.Name)) continue;
            var (from, to) = source.Within(first, rows);
            for (int i = from; i < to; i++)
            {
                for (int c = id; c < id + feature.Encoder!.IdCount; c++) _records[i * _stride + c] = _layout.Ids[c].Rows - 1;
                _records.AsSpan(i * _stride + number, feature.Encoder.NumberCount).Clear();
            }
        }
    }

    private void WriteStreams()
    {
        int next = 0;
        foreach (var bag in _bags)
        {
            int bags = bag is HistoryColumn history ? history.BagCount : 0;
            for (int i = 0; i < bags; i++)
            {
                int place = next + i;
                ((HistoryColumn)bag).WriteStream(i, ids =>
                {
                    foreach (var writer in _writers) writer?.AppendStream(place, ids.Span);
                });
            }

            next += Math.Max(1, bags);
        }
    }
}
