using System.Runtime.InteropServices;

namespace Sundry.Data;

/// <summary>The labels of a regression or a count.</summary>
internal sealed class ValueColumn(string name, TaskOptions options, MissingTexts missing) : LabelColumn(name, options, missing)
{
    private readonly float[] _values = new float[ProvisionalFile.BlockRows];
    private readonly Moments[] _moments = [new(), new(), new()];
    private readonly long[] _masked = new long[3];

    public override float this[int row] => _values[row];

    public override string? Take(int row, float label)
    {
        _values[row] = float.IsFinite(label) ? label : float.NaN;
        return Options.Type == TaskType.Count && label < 0 ? $"{label} is below 0, which the count of the task '{Name}' cannot be; mend it, or make the task a regression" : null;
    }

    public override void Write(Stream stream, int rows) => stream.Write(MemoryMarshal.AsBytes(_values.AsSpan(0, rows)));

    public override void Read(Stream stream, int rows) => stream.ReadExactly(MemoryMarshal.AsBytes(_values.AsSpan(0, rows)));

    public override void Count(ReadOnlySpan<Part> parts)
    {
        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i] > Part.Test) continue;
            if (float.IsNaN(_values[i])) _masked[(int)parts[i]]++;
            else _moments[(int)parts[i]].Add(_values[i]);
        }
    }

    public override void Fit(double keepRate)
    {
        var train = _moments[(int)Part.Train];
        if (train.Count == 0) throw new InputException($"the task '{Name}' has no training row with a label in the column '{Label}'; check tasks.{Name}.label and its 'where'");
        if (Options.Type == TaskType.Count && train.Maximum == 0) throw new InputException($"the task '{Name}' has no training row with '{Label}' above 0; give more rows, or leave the task out");
        var schema = Schema([], null, keepRate) with { LabelMean = train.Mean, LabelDeviation = train.Deviation > 0 ? train.Deviation : 1 };
        Encoder = new TaskEncoder(schema, Label, [], Options.Where);
    }

    public override TaskSplitSummary Summarise(Part part)
    {
        var moments = _moments[(int)part];
        return new TaskSplitSummary(part.ToString().ToLowerInvariant(), moments.Count, _masked[(int)part], 0, moments.Count == 0 ? null : moments.Mean, []);
    }

    protected override string? Take(ReadOnlySpan<byte> field, int row, RowPlace place) => TaskEncoder.ReadNumber(Name, Options.Type, field, out _values[row]);

    protected override void TakeNone(int row) => _values[row] = float.NaN;
}
