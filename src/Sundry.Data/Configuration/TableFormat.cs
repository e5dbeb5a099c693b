namespace Sundry.Data;

/// <summary>How a table is written in its file.</summary>
public enum TableFormat
{
    /// <summary>By the file's name: .csv, .tsv or .tab, .jsonl or .ndjson, each also with .gz; by the first line otherwise.</summary>
    Auto,

    /// <summary>Fields between commas, quoted with " where needed.</summary>
    Csv,

    /// <summary>Fields between tabs.</summary>
    Tsv,

    /// <summary>One JSON object a line.</summary>
    Jsonl,
}
