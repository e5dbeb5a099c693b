using System.Data.Common;

namespace Sundry.Data;

/// <summary>Which log is to be read.</summary>
/// <param name="Data">The section <c>data</c>, with its <see cref="DataOptions.Log"/>.</param>
/// <param name="BaseDirectory">What relative paths are relative to: the configuration's folder.</param>
/// <param name="Clock">Tells which events lie in the future.</param>
/// <param name="OpenDatabase">Opens the database that a query names (a full path, or a URL), for reading; null where there is nobody who can.</param>
public sealed record LogRequest(DataOptions Data, string BaseDirectory, TimeProvider Clock, Func<string, DbConnection>? OpenDatabase = null)
{
    /// <summary>Whether the events' ids are kept: who writes about single events names them.</summary>
    public bool KeepIds { get; init; }
}
