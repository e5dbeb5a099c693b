using System.Data.Common;

namespace Sundry.Serving;

/// <summary>An open connection that keeps the statements it has run, prepared. For one caller at a time.</summary>
/// <param name="connection">The connection; disposed with this.</param>
/// <param name="prepare">Whether statements are prepared here rather than by the driver.</param>
internal sealed class StoreConnection(DbConnection connection, bool prepare) : IDisposable
{
    private readonly Dictionary<string, DbCommand> _kept = new(StringComparer.Ordinal);

    public DbConnection Connection => connection;

    /// <summary>What goes with the connection, before it.</summary>
    public IDisposable? Beside { get; set; }

    /// <summary>A statement with its values, ready to run.</summary>
    public DbCommand Command(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (_kept.TryGetValue(sql, out var command))
        {
            for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i].Value ?? DBNull.Value;
            return command;
        }

        command = connection.CreateCommand();
#pragma warning disable CA2100 // every statement is a constant of this room
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        if (prepare) command.Prepare();
        return _kept[sql] = command;
    }

    /// <summary>The rows of a statement.</summary>
    public async Task<List<T>> List<T>(string sql, Func<DbDataReader, T> row, CancellationToken cancel, params (string Name, object? Value)[] values)
    {
        var rows = new List<T>();
        using var reader = await Command(sql, values).ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel)) rows.Add(row(reader));
        return rows;
    }

    public void Dispose()
    {
        Beside?.Dispose();
        foreach (var command in _kept.Values) command.Dispose();
        connection.Dispose();
    }
}
