using Sundry.Data;

namespace Sundry.Serving;

/// <summary>Things with an id and attributes: items, or users.</summary>
public abstract class StoredEntities
{
    /// <summary>The most characters of one's attributes.</summary>
    public const int LongestAttributes = 65_536;

    private const int PerCommit = 500;

    private readonly string _get;
    private readonly string _put;
    private readonly string _after;
    private readonly string _rows;

    private protected StoredEntities(StoreEngine engine, string table)
    {
        Engine = engine;
        _get = $"SELECT id, attributes, changed FROM {table} WHERE id = @id AND attributes IS NOT NULL";
        _after = $"SELECT id, attributes, changed FROM {table} WHERE changed > @after ORDER BY changed LIMIT @limit";
        // what stays as it is has not changed, and followers need not hear of it
        _rows = $"SELECT id, attributes, changed, first FROM {table} WHERE changed > @after ORDER BY changed LIMIT @limit";
        var first = engine.Options.Version < 3 ? ("", "") : (", first", ", @position");
        _put = $"""
            INSERT INTO {table} (id, attributes, changed{first.Item1}) VALUES (@id, @attributes, @position{first.Item2})
            ON CONFLICT (id) DO UPDATE SET attributes = excluded.attributes, changed = excluded.changed WHERE {table}.attributes IS DISTINCT FROM excluded.attributes
            """;
    }

    private protected StoreEngine Engine { get; }

    /// <summary>Describes some, each as a whole: what was known of them is replaced. Many are committed in parts of 500, in their order.</summary>
    /// <param name="entities">Id and attributes, the text of a JSON object, of each.</param>
    /// <param name="cancel">Gives up between parts.</param>
    /// <returns>How many were new or changed.</returns>
    /// <exception cref="InputException">One has no usable id or attributes; nothing was written.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot write just now; parts may have been written, and all may be sent again.</exception>
    public async Task<int> Put(IReadOnlyList<(string Id, string Attributes)> entities, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(entities);
        var clean = entities.Select(e => (Id: StoredText.Name("id", e.Id), Attributes: Compact(e.Id, e.Attributes))).ToArray();
        var changed = 0;
        foreach (var part in clean.Chunk(PerCommit))
        {
            cancel.ThrowIfCancellationRequested();
            changed += await Engine.Write(session => part.Sum(e => Put(session, e.Id, e.Attributes)), part.Length);
        }

        return changed;
    }

    /// <summary>Changes some attributes of one by a JSON merge patch (RFC 7396): null removes an attribute, an object changes inside, everything else replaces.</summary>
    /// <returns>What it became; null where it is not there.</returns>
    /// <exception cref="InputException">The patch is no JSON object, or what it makes is too long.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot write just now.</exception>
    public Task<StoredItem?> Patch(string id, string patch, CancellationToken cancel = default)
    {
        var clean = Compact(id, patch);
        cancel.ThrowIfCancellationRequested();
        return Engine.Write(session =>
        {
            var position = session.TakePosition();
            if (session.List(_get, Read, ("@id", id)) is not [{ } old]) return null;
            var attributes = Compact(id, StoredJson.Patch(old.Attributes!, clean));
            return Put(session, id, attributes, position) > 0 ? new StoredItem(id, attributes, position) : old;
        });
    }

    /// <summary>One of them; null where it is not there.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read just now.</exception>
    public async Task<StoredItem?> Get(string id, CancellationToken cancel = default) => (await Engine.Read(_get, Read, cancel, ("@id", id))).FirstOrDefault();

    /// <summary>Those that changed after a position, in the order of their last changes, at most <paramref name="limit"/>; from 0 on all of them. Deleted ones have no attributes.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read just now.</exception>
    public async Task<IReadOnlyList<StoredItem>> After(long position, int limit, CancellationToken cancel = default) =>
        await Engine.Read(_after, Read, cancel, ("@after", position), ("@limit", limit));

    /// <summary>As <see cref="After"/>, with the position at which each was first described.</summary>
    internal Task<List<EntityRow>> RowsAfter(long position, int limit, CancellationToken cancel) =>
        Engine.Read(_rows, static row => new EntityRow(row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetInt64(2), row.GetInt64(3)), cancel, ("@after", position), ("@limit", limit));

    private int Put(WriteSession session, string id, string attributes, long? position = null) =>
        session.Execute(_put, ("@id", id), ("@attributes", attributes), ("@position", position ?? session.TakePosition()));

    private static string Compact(string id, string attributes) => StoredJson.Compact($"attributes of {id}", attributes, LongestAttributes);

    private static StoredItem Read(System.Data.Common.DbDataReader row) => new(row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetInt64(2));
}
