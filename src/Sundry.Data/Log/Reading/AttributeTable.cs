namespace Sundry.Data;

/// <summary>A catalogue or a table of customers: one row each, the first one where there are several.</summary>
internal sealed class AttributeTable
{
    private readonly Dictionary<string, ColumnBuilder> _columns = new(StringComparer.Ordinal);

    /// <summary>How many are listed.</summary>
    public int Listed { get; private set; }

    /// <summary>Further rows about one that was listed already.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Rows that could not be used.</summary>
    public RefusedRows Refused { get; } = new();

    /// <summary>Rows read.</summary>
    public long Rows { get; private set; }

    /// <summary>Reads the table, if there is one.</summary>
    /// <param name="options">Where it is; null: nowhere.</param>
    /// <param name="key">The column that names them: <c>item</c> or <c>user</c>.</param>
    /// <param name="names">Where they get their numbers.</param>
    /// <param name="request">The log.</param>
    /// <param name="missing">Texts that mean that a value is missing.</param>
    /// <exception cref="InputException">The table cannot be read.</exception>
    public static AttributeTable Read(LogTableOptions? options, string key, Names names, LogRequest request, MissingTexts missing)
    {
        var read = new AttributeTable();
        if (options is not null) read.Fill(options, key, names, request, missing);
        read.Listed = names.Count;
        return read;
    }

    /// <summary>The columns, one number for each that was listed.</summary>
    public IReadOnlyList<NamedColumn> Build() => [.. _columns.Values.Select(column => column.Build(Listed))];

    private void Fill(LogTableOptions options, string key, Names names, LogRequest request, MissingTexts missing)
    {
        using var table = LogTable.Open(options, request, mayBeEmpty: true);
        int at = table.Require(key, options.Columns);
        var ours = options.Columns.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
        foreach (var name in options.Columns.Keys) table.Find(name, options.Columns);
        var columns = new ColumnBuilder?[table.Header.Count];
        for (int i = 0; i < columns.Length; i++)
            if (i != at) _columns[ours.GetValueOrDefault(table.Header[i], table.Header[i])] = columns[i] = new ColumnBuilder(ours.GetValueOrDefault(table.Header[i], table.Header[i]));
        while (table.Read())
        {
            var row = table.Current;
            if (missing.Contains(row[at]))
            {
                table.Refuse($"the {key} has no name; fill in the column '{table.Header[at]}'", at);
                continue;
            }

            int before = names.Count;
            int number = names.FindOrAdd(row[at]);
            if (names.Count == before)
            {
                Duplicates++;
                continue;
            }

            for (int i = 0; i < columns.Length; i++)
                if (columns[i] is { } column && !missing.Contains(row[i])) column.Set(number, row[i]);
        }

        Refused.Add(table.Refused);
        Rows = table.RowsRead;
    }
}
