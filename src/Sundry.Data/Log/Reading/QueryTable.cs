using System.Buffers.Text;
using System.Data.Common;
using System.Globalization;
using System.Text;

namespace Sundry.Data;

/// <summary>A table of a log as the answer to a query. Its rows stream; each value becomes the text that a file would hold.</summary>
internal sealed class QueryTable : LogTable
{
    private readonly bool _skipBadRows;
    private readonly DbConnection _connection;
    private readonly DbCommand _command;
    private readonly DbDataReader _reader;
    private readonly string[] _header;
    private readonly int[] _starts;
    private readonly int[] _lengths;
    private byte[] _bytes = new byte[1024];
    private int _used;
    private long _rows;

    public QueryTable(string database, string query, LogRequest request)
    {
        _skipBadRows = request.Data.OnBadRow == BadRowRule.Skip;
        bool url = database.Contains("://", StringComparison.Ordinal);
        Name = (url ? WithoutSecret(database) : database) + " (query)";
        if (request.OpenDatabase is null) throw new InputException("queries cannot be run here; write the rows to a file and name that", Name);
        _connection = request.OpenDatabase(url ? database : Path.GetFullPath(database, Path.GetFullPath(request.BaseDirectory)));
        try
        {
            _command = _connection.CreateCommand();
#pragma warning disable CA2100 // the query is the user's own, and the connection only reads
            _command.CommandText = query;
#pragma warning restore CA2100
            _command.CommandTimeout = 0;
            _reader = _command.ExecuteReader();
            _header = new string[_reader.FieldCount];
            for (int i = 0; i < _header.Length; i++) _header[i] = _reader.GetName(i);
        }
        catch (Exception e) when (e is DbException or InvalidOperationException)
        {
            _connection.Dispose();
            throw new InputException($"the query cannot be run ({OneLine(e)}); try it in the database's own shell", Name, inner: e);
        }

        if (_header.Length == 0)
        {
            Dispose();
            throw new InputException("the query gives no columns; write a SELECT", Name);
        }

        _starts = new int[_header.Length];
        _lengths = new int[_header.Length];
    }

    public override string Name { get; }

    public override IReadOnlyList<string> Header => _header;

    public override RawRow Current => new(_bytes, _starts, _lengths, Name, _rows);

    public override RefusedRows Refused { get; } = new();

    public override long RowsRead => _rows;

    public override double Progress => 0;

    public override int File => 0;

    public override bool Read()
    {
        try
        {
            if (!_reader.Read()) return false;
            _used = 0;
            for (int i = 0; i < _header.Length; i++)
            {
                _starts[i] = _used;
                if (!_reader.IsDBNull(i)) Append(i);
                _lengths[i] = _used - _starts[i];
            }
        }
        catch (Exception e) when (e is DbException or InvalidOperationException or IOException or TimeoutException)
        {
            throw new InputException($"the query failed after {_rows:N0} rows ({OneLine(e)}); mend the query or the rows that it stumbles over", Name, inner: e);
        }

        _rows++;
        return true;
    }

    public override void Refuse(string problem, int column = -1)
    {
        if (!_skipBadRows) throw new InputException(problem, Name, _rows, column < 0 ? null : column + 1);
        Refused.Add(new RefusedRow(Name, _rows, column < 0 ? problem : $"column {column + 1}: {problem}"));
    }

    public override void Dispose()
    {
        try
        {
            _reader?.Dispose();
            _command?.Dispose();
        }
        catch (DbException)
        {
            // what broke the query has been said
        }

        _connection.Dispose();
    }

    private void Append(int column)
    {
        switch (_reader.GetValue(column))
        {
            case string text:
                Append(text);
                break;
            case long number:
                Number(number);
                break;
            case int number:
                Number(number);
                break;
            case short number:
                Number(number);
                break;
            case bool flag:
                Append(flag ? "1" : "0");
                break;
            case DateTime time:
                // a time without a zone is taken as UTC, as in files
                Append((time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
                break;
            case DateTimeOffset time:
                Append(time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
                break;
            case DateOnly date:
                Append(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            case string?[] list:
                Append(string.Join('|', list.Where(item => item is not null)));
                break;
            case byte[]:
                throw new InputException($"the column '{_header[column]}' holds bytes; select texts, numbers and times only", Name);
            case var other:
                Append(Convert.ToString(other, CultureInfo.InvariantCulture) ?? "");
                break;
        }
    }

    private void Number(long number)
    {
        Reserve(20);
        Utf8Formatter.TryFormat(number, _bytes.AsSpan(_used), out int written);
        _used += written;
    }

    private void Append(string text)
    {
        Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        _used += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(_used));
    }

    private void Reserve(int length)
    {
        if (_used + length > _bytes.Length) Array.Resize(ref _bytes, Math.Max(_used + length, 2 * _bytes.Length));
    }

    private static string WithoutSecret(string url)
    {
        int scheme = url.IndexOf("://", StringComparison.Ordinal) + 3;
        int at = url.IndexOf('@', scheme);
        return at < 0 ? url : url[..scheme] + url[(at + 1)..];
    }

    private static string OneLine(Exception error) => error.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
