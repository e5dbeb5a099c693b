using System.Text;

namespace Sundry.Data;

/// <summary>Finds out whether a table's first line names its columns or is a row already.</summary>
internal static class HeaderSniffer
{
    private const int RowsToCompare = 2000;
    private const int MostTexts = 1000;

    /// <summary>Names for the columns (<c>column_1</c> …) where the first line is a row like the others, else null.</summary>
    public static IReadOnlyList<string>? NamesIfAbsent(IReadOnlyList<string> paths)
    {
        var cells = FirstCells(SourceFiles.Resolve(paths, null)[0]);
        // a header of words is one: only a number in it raises the question
        if (!cells.Any(IsNumber)) return null;
        var names = Enumerable.Range(1, cells.Length).Select(i => $"column_{i}").ToArray();
        try
        {
            using var reader = TableReader.Open(paths, new ReadOptions { Header = false, Columns = names, SkipBadRows = true });
            var columns = names.Select(name => new ColumnSample(name)).ToArray();
            for (int rows = 0; rows < RowsToCompare && reader.Read(); rows++)
            {
                var row = reader.Current;
                for (int i = 0; i < columns.Length; i++) columns[i].Add(row[i]);
            }

            return columns[0].Rows > 1 && columns.All(LooksLikeTheRest) ? names : null;
        }
        catch (InputException)
        {
            // whatever is wrong is said by the reading that follows
            return null;
        }
    }

    private static bool LooksLikeTheRest(ColumnSample column)
    {
        bool first = IsNumber(column.Text(column.Codes[0]));
        var rest = column.Codes.Skip(1).Select(column.Text).Where(text => text.Length > 0).ToArray();
        if (rest.Length == 0) return true;
        double numbers = (double)rest.Count(IsNumber) / rest.Length;
        if (numbers > 0.9) return first;
        return column.Texts > MostTexts || rest.Contains(column.Text(column.Codes[0]), StringComparer.Ordinal);
    }

    private static string[] FirstCells(SourceFiles.Source source)
    {
        using var text = new TextBuffer(source.Path, source.Name);
        if (text.FileLength == 0 || !text.More()) return [];
        var start = text.Bytes.AsSpan(text.Start, text.Limit - text.Start);
        if (start.TrimStart(" \r\n\t"u8) is [(byte)'{', ..]) return [];
        int end = start.IndexOf((byte)'\n');
        var line = end < 0 ? start : start[..end];
        char delimiter = (char)DelimiterSniffer.Detect(start);
        return [.. Encoding.UTF8.GetString(line).Split(delimiter).Select(cell => cell.Trim().Trim('"'))];
    }

    private static bool IsNumber(string text) => NumberText.TryParse(Encoding.UTF8.GetBytes(text), out _);
}
