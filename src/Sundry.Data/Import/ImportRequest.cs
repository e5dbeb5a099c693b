using System.Data.Common;

namespace Sundry.Data;

/// <summary>What is to be imported.</summary>
/// <param name="Name">The data set, one of <see cref="DataImports.Names"/>.</param>
/// <param name="Source">Its folder, or its one file.</param>
/// <param name="Folder">The folder to write, which must not exist yet.</param>
public sealed record ImportRequest(string Name, string Source, string Folder)
{
    /// <summary>For <c>generic</c>, the file that says which columns are what: the keys of <see cref="LogOptions"/>.</summary>
    public string? Mapping { get; init; }

    /// <summary>Opens the database that a mapping names, for reading; null where there is nobody who can.</summary>
    public Func<string, DbConnection>? OpenDatabase { get; init; }
}
