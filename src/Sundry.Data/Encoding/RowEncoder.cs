namespace Sundry.Data;

/// <summary>An encoder bound to the columns of one table. Not for use by several threads at once; a table may have any number of them.</summary>
public sealed class RowEncoder
{
    private readonly Encoder _encoder;
    private readonly FieldSource?[] _fields;
    private readonly int[] _leads;
    private readonly int[] _taken;
    private readonly int[] _labelColumns;
    private readonly RowMask?[] _masks;
    private readonly int _weightColumn;
    private readonly IntList _bag = new();

    internal RowEncoder(Encoder encoder, IReadOnlyList<string> header, string file, SourceSchema source)
    {
        _encoder = encoder;
        var role = encoder.Layout.Sources.Count == 0 ? "a feature of the model" : $"a feature of the source '{source.Name}'";
        _fields = new FieldSource?[encoder.Features.Count];
        for (int i = 0; i < _fields.Length; i++) _fields[i] = source.Features.Contains(encoder.Features[i].Name) ? FieldSource.Bind(header, encoder.Features[i].Columns, file, role, encoder.Features[i].Joint, encoder.Missing) : null;
        var bags = encoder.Layout.Bags;
        _leads = [.. bags.Select(bag => encoder.Layout.LeadOf(bag) is { } lead ? bags.ToList().FindIndex(b => b.Name == lead) : -1)];
        _taken = new int[bags.Count];
        _labelColumns = new int[encoder.Tasks.Count];
        _masks = new RowMask?[encoder.Tasks.Count];
        for (int i = 0; i < _labelColumns.Length; i++)
        {
            var task = encoder.Tasks[i];
            _labelColumns[i] = task.Schema.Source == source.Name ? header.IndexOf(task.Label) : -1;
            if (task.Where is null || _labelColumns[i] < 0) continue;
            _masks[i] = RowMask.Bind(task.Where, header, out _);
            // without its mask a task's labels mean something else
            if (_masks[i] is null) _labelColumns[i] = -1;
        }

        _weightColumn = source.Weight is null ? -1 : header.IndexOf(source.Weight);
    }

    /// <summary>Whether the table has what the task's labels are made from.</summary>
    public bool HasLabels(int task) => _labelColumns[task] >= 0;

    /// <summary>Encodes a row and appends it to the batch.</summary>
    /// <exception cref="InputException">A value cannot be read; the batch is as before.</exception>
    /// <exception cref="InvalidOperationException">The batch is full.</exception>
    public void Append(Batch batch, RawRow row)
    {
        if (Encode(batch, row, out int column) is { } problem) throw new InputException(problem, row.File, row.Line, column + 1);
    }

    /// <summary>Encodes a row and appends it to the batch, or says in one sentence why it cannot be read; the batch is as before then.</summary>
    /// <exception cref="InvalidOperationException">The batch is full.</exception>
    public bool TryAppend(Batch batch, RawRow row, out string? reason)
    {
        reason = Encode(batch, row, out int column);
        if (reason is not null) reason = $"column {column + 1}: {reason}";
        return reason is null;
    }

    private string? Encode(Batch batch, RawRow row, out int column)
    {
        if (batch.Count == batch.Capacity) throw new InvalidOperationException("The batch is full.");
        var layout = _encoder.Layout;
        var missing = _encoder.Missing;
        int index = batch.Count;
        var ids = batch.Ids.AsSpan(index * layout.Ids.Count, layout.Ids.Count);
        var numbers = batch.Numbers.AsSpan(index * layout.Numbers.Count, layout.Numbers.Count);
        int bag = 0;
        int place = 0;
        for (int i = 0; i < _fields.Length; i++)
        {
            var feature = _encoder.Features[i];
            column = _fields[i]?.Column ?? -1;
            _bag.Truncate(0);
            if (_fields[i] is not { } source) LeaveOut(feature, layout, place, ids, numbers);
            else if (source.Read(row) is var field && feature.Encode(field, missing.Contains(field), missing, ids, numbers, _bag) is { } problem) return problem;
            place += feature.IdCount;
            ids = ids[feature.IdCount..];
            numbers = numbers[feature.NumberCount..];
            if (feature.IsBag) AppendBag(batch, bag++, index);
        }

        column = 0;
        for (int i = 0; i < _leads.Length; i++)
            if (_leads[i] >= 0 && _taken[i] != _taken[_leads[i]]) return BagEncoder.Uneven(layout.Bags[i].Name, _taken[i], layout.Bags[_leads[i]].Name, _taken[_leads[i]]);

        for (int i = 0; i < _labelColumns.Length; i++)
        {
            column = _labelColumns[i];
            float label = float.NaN;
            if (column >= 0 && _masks[i]?.Matches(row) != false)
            {
                var field = row[column];
                if (_encoder.Tasks[i].Encode(field, missing.Contains(field), out label) is { } problem) return problem;
            }

            batch.Labels[index * _labelColumns.Length + i] = label;
        }

        column = _weightColumn;
        float weight = 1;
        if (column >= 0 && WeightText.Read(row[column], out weight) is { } wrong) return wrong;
        batch.Weights[index] = weight;
        batch.Count = index + 1;
        return null;
    }

    // the rows' source has no such column: a value of its own, and 0 as a number
    private static void LeaveOut(FeatureEncoder feature, Layout layout, int field, Span<int> ids, Span<float> numbers)
    {
        for (int i = 0; i < feature.IdCount; i++) ids[i] = layout.Ids[field + i].Rows - 1;
        numbers[..feature.NumberCount].Clear();
    }

    private void AppendBag(Batch batch, int bag, int index)
    {
        _taken[bag] = _bag.Count;
        if (_encoder.Layout.Bags[bag].Length is > 0 and var most && _bag.Count > most) _bag.Remove(0, _bag.Count - most);
        if (index == 0) batch.BagOffsets[bag][0] = 0;
        int offset = batch.BagOffsets[bag][index];
        batch.GrowBag(bag, offset + _bag.Count);
        _bag.Items.CopyTo(batch.BagIds[bag].AsSpan(offset));
        batch.BagOffsets[bag][index + 1] = offset + _bag.Count;
    }
}
