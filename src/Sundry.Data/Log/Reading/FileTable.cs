namespace Sundry.Data;

/// <summary>A table of a log in files.</summary>
internal sealed class FileTable(TableReader reader) : LogTable
{
    public override string Name => reader.Files[0];

    public override IReadOnlyList<string> Header => reader.Header;

    public override RawRow Current => reader.Current;

    public override RefusedRows Refused => reader.Refused;

    public override long RowsRead => reader.RowsRead;

    public override double Progress => reader.Progress;

    public override int File => reader.FileIndex;

    public override bool Read() => reader.Read();

    public override void Refuse(string problem, int column = -1) => reader.Refuse(problem, column < 0 ? null : column + 1);

    public override void Dispose() => reader.Dispose();
}
