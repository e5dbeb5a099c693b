using System.Data.Common;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>Documents that people edit: rules, scenarios. Whoever saves one can insist that nobody else did meanwhile.</summary>
public sealed class StoredDocuments
{
    /// <summary>The most characters of one.</summary>
    public const int LongestContent = 262_144;

    private const string Columns = "SELECT kind, name, version, content, changed FROM documents";
    private const string Get1 = $"{Columns} WHERE kind = @kind AND name = @name";

    private readonly StoreEngine _engine;

    internal StoredDocuments(StoreEngine engine) => _engine = engine;

    /// <summary>Saves a document.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="name">Its name.</param>
    /// <param name="content">The text of a JSON object.</param>
    /// <param name="expected">The version that is to be replaced, 0 for none; whichever there is where null.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The document as it is now; null where another version than the expected one is there, and nothing was saved.</returns>
    /// <exception cref="InputException">Kind, name or content cannot be stored.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot write just now.</exception>
    public Task<StoredDocument?> Put(string kind, string name, string content, int? expected = null, CancellationToken cancel = default)
    {
        StoredText.Name("kind", kind);
        StoredText.Name("name", name);
        return Change(kind, name, StoredJson.Compact($"{kind} {name}", content, LongestContent), expected, cancel);
    }

    /// <summary>Deletes a document; its version counts on.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="name">Its name.</param>
    /// <param name="expected">The version that is to be deleted; whichever there is where null.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Whether it was there, in that version.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot write just now.</exception>
    public async Task<bool> Delete(string kind, string name, int? expected = null, CancellationToken cancel = default) =>
        await Change(kind, name, null, expected, cancel) is not null;

    /// <summary>A document; null where it is not there.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read just now.</exception>
    public async Task<StoredDocument?> Get(string kind, string name, CancellationToken cancel = default) =>
        (await _engine.Read(Get1, Read, cancel, ("@kind", kind), ("@name", name))) is [{ Content: not null } document] ? document : null;

    /// <summary>All documents of a kind, by name.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read just now.</exception>
    public async Task<IReadOnlyList<StoredDocument>> List(string kind, CancellationToken cancel = default) =>
        await _engine.Read($"{Columns} WHERE kind = @kind AND content IS NOT NULL ORDER BY name", Read, cancel, ("@kind", kind));

    /// <summary>Documents that changed after a position, in the order of their last changes; from 0 on all of them. Deleted ones have no content.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read just now.</exception>
    public async Task<IReadOnlyList<StoredDocument>> After(long position, CancellationToken cancel = default) =>
        await _engine.Read($"{Columns} WHERE changed > @after ORDER BY changed", Read, cancel, ("@after", position));

    private Task<StoredDocument?> Change(string kind, string name, string? content, int? expected, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return _engine.Write(session =>
        {
            var position = session.TakePosition();
            var old = session.List(Get1, Read, ("@kind", kind), ("@name", name)).FirstOrDefault();
            var there = old?.Content is null ? 0 : old.Version;
            if ((expected ?? there) != there || (content is null && there == 0)) return null;
            var document = new StoredDocument(kind, name, (old?.Version ?? 0) + 1, content, position);
            session.Execute(
                """
                INSERT INTO documents (kind, name, version, content, changed) VALUES (@kind, @name, @version, @content, @position)
                ON CONFLICT (kind, name) DO UPDATE SET version = excluded.version, content = excluded.content, changed = excluded.changed
                """,
                ("@kind", kind), ("@name", name), ("@version", document.Version), ("@content", content), ("@position", position));
            return document;
        });
    }

    private static StoredDocument Read(DbDataReader row) => new(row.GetString(0), row.GetString(1), row.GetInt32(2), row.IsDBNull(3) ? null : row.GetString(3), row.GetInt64(4));
}
