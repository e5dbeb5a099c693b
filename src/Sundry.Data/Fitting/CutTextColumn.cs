using System.Runtime.InteropServices;

namespace Sundry.Data;

/// <summary>A text on its way, cut into terms or tokens: the codes of each row's, one row behind the other.</summary>
/// <param name="name">The feature's name.</param>
/// <param name="options">How it is read.</param>
/// <param name="missing">Texts that stand for a missing one.</param>
internal abstract class CutTextColumn(string name, FeatureOptions options, MissingTexts missing) : FeatureColumn(name, options)
{
    public override ReadOnlySpan<byte> Joint => " "u8;

    /// <summary>[rows + 1] where each row's codes end.</summary>
    protected int[] Ends { get; } = new int[ProvisionalFile.BlockRows + 1];

    /// <summary>The codes.</summary>
    protected IntList Codes { get; } = new();

    /// <summary>Texts of training rows.</summary>
    protected long Texts { get; set; }

    /// <summary>Those of them without a code.</summary>
    protected long Empty { get; set; }

    public override string? Collect(ReadOnlySpan<byte> field, int row)
    {
        Codes.Truncate(Ends[row]);
        if (!missing.Contains(field)) Cut(field, Ends[row]);
        Ends[row + 1] = Codes.Count;
        return null;
    }

    public override void TakeNone(int row)
    {
        Codes.Truncate(Ends[row]);
        Ends[row + 1] = Ends[row];
    }

    public override void Write(Stream stream, int rows)
    {
        stream.Write(MemoryMarshal.AsBytes(Ends.AsSpan(0, rows + 1)));
        stream.Write(MemoryMarshal.AsBytes(Codes.Items[..Ends[rows]]));
    }

    public override void Read(Stream stream, int rows)
    {
        stream.ReadExactly(MemoryMarshal.AsBytes(Ends.AsSpan(0, rows + 1)));
        Codes.Truncate(0);
        stream.ReadExactly(MemoryMarshal.AsBytes(Codes.Extend(Ends[rows])));
    }

    /// <summary>Codes of a row.</summary>
    public int Length(int row) => Ends[row + 1] - Ends[row];

    /// <summary>Adds the codes of a text that is not missing.</summary>
    /// <param name="field">The text.</param>
    /// <param name="start">Where the row's codes begin.</param>
    protected abstract void Cut(ReadOnlySpan<byte> field, int start);
}
