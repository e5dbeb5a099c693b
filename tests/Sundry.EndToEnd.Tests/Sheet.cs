namespace Sundry.EndToEnd.Tests;

/// <summary>A CSV file without quotes, read the plain way.</summary>
internal sealed class Sheet
{
    public Sheet(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        var lines = text.TrimEnd('\n').Split('\n');
        Header = lines[0].TrimEnd('\r').Split(',');
        Rows = [.. lines.Skip(1).Select(line => line.TrimEnd('\r').Split(','))];
        Assert.All(Rows, row => Assert.Equal(Header.Length, row.Length));
    }

    public string[] Header { get; }

    public IReadOnlyList<string[]> Rows { get; }

    public IReadOnlyList<string> this[string column] => [.. Rows.Select(r => r[Array.IndexOf(Header, column)])];

    public static Sheet Of(string file) => new(File.ReadAllText(file));

    /// <summary>A column as numbers.</summary>
    public IReadOnlyList<double> Numbers(string column) => [.. this[column].Select(Judge.Number)];
}
