using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>Opens the databases that logs are read from. Nothing can be written through what it opens.</summary>
public static class Databases
{
    /// <summary>Opens a database for reading.</summary>
    /// <param name="database">The full path of an SQLite file, or <c>postgres://user:password@host:port/name</c>, all but the host optional; the password may also come from PGPASSWORD or PGPASSFILE.</param>
    /// <returns>An open connection, the caller's to dispose.</returns>
    /// <exception cref="InputException">It cannot be opened.</exception>
    public static DbConnection Open(string database)
    {
        ArgumentNullException.ThrowIfNull(database);
        return PostgresUrl.Is(database) ? OpenPostgres(database) : OpenSqlite(database);
    }

    private static SqliteConnection OpenSqlite(string path)
    {
        if (Directory.Exists(path)) throw new InputException("this is a folder; name the database's file in it", path);
        if (!File.Exists(path)) throw new InputException("there is no such database file; check the path, or give a URL such as postgres://user@host/name", path);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        try
        {
            connection.Open();
            using var look = connection.CreateCommand();
            look.CommandText = "select count(*) from sqlite_master";
            look.ExecuteScalar();
            return connection;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw new InputException($"the database cannot be opened ({e.Message.TrimEnd('.')}); is it an SQLite file?", path, inner: e);
        }
    }

    private static NpgsqlConnection OpenPostgres(string url)
    {
        var place = PostgresUrl.Read(url) ?? throw new InputException("the database's URL is not understood; write postgres://user@host/name, or the path of an SQLite file", WithoutSecret(url));
        var settings = PostgresUrl.Connection(place);
        settings.Options = "-c default_transaction_read_only=on";
        settings.Pooling = false;
        var connection = new NpgsqlConnection(settings.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException or TimeoutException)
        {
            connection.Dispose();
            throw new InputException($"the database cannot be opened ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')}); check host, user, password and name", PostgresUrl.PlaceOf(place), inner: e);
        }
    }

    private static string WithoutSecret(string url)
    {
        int at = url.IndexOf('@', StringComparison.Ordinal);
        int scheme = url.IndexOf("://", StringComparison.Ordinal) + 3;
        return at < scheme ? url : url[..scheme] + url[(at + 1)..];
    }
}
