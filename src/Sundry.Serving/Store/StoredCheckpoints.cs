using System.Data.Common;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>
/// Checkpoints: bytes of any length that somebody made of the store's content, with the position up to which they hold it. Written in parts, so that events need not wait for one,
/// and whole or not there; each part has a checksum. The last two of a name are kept.
/// </summary>
public sealed class StoredCheckpoints
{
    private const int PartBytes = 1 << 20;
    private const int PartWeight = 500;
    private const int Kept = 2;
    private const string ForeignKey = "23503";
    private static readonly TimeSpan s_abandoned = TimeSpan.FromHours(1);

    private readonly StoreEngine _engine;

    internal StoredCheckpoints(StoreEngine engine) => _engine = engine;

    /// <summary>Saves a checkpoint.</summary>
    /// <param name="name">What it is of.</param>
    /// <param name="position">The position up to which it holds everything.</param>
    /// <param name="content">Its bytes, read to the end.</param>
    /// <param name="cancel">Gives up; nothing is saved then.</param>
    /// <returns>Whether it was saved: not where a user was forgotten after <paramref name="position"/>, whom it may hold.</returns>
    /// <exception cref="InputException">The name cannot be stored.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot write just now; nothing is saved.</exception>
    public async Task<bool> Save(string name, long position, Stream content, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        StoredText.Name("name", name);
        var id = await _engine.Write(session =>
        {
            var number = session.TakePosition();
            session.Execute("INSERT INTO checkpoints (id, name, position, created, length, complete) VALUES (@id, @name, @position, @now, 0, 0)",
                ("@id", number), ("@name", name), ("@position", position), ("@now", session.Now));
            return number;
        });
        var (saved, length) = (true, 0L);
        var buffer = new byte[PartBytes];
        for (var part = 0; saved; part++)
        {
            cancel.ThrowIfCancellationRequested();
            var count = await content.ReadAtLeastAsync(buffer, PartBytes, throwOnEndOfStream: false, cancel);
            if (count == 0) break;
            length += count;
            saved = await Add(id, part, buffer.AsSpan(0, count).ToArray());
        }

        return saved && await _engine.Write(session => Finish(session, id, name, position, length));
    }

    /// <summary>The last checkpoint of a name of which every byte is right; null where there is none.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read just now.</exception>
    public async Task<StoredCheckpoint?> Latest(string name, CancellationToken cancel = default)
    {
        foreach (var candidate in await Candidates(name, cancel))
        {
            var length = 0L;
            for (var part = 0; length < candidate.Length && await Part(candidate.Id, part, cancel) is { } bytes; part++) length += bytes.Length;
            if (length == candidate.Length) return candidate;
        }

        return null;
    }

    /// <summary>Writes a checkpoint's bytes to a stream.</summary>
    /// <exception cref="InvalidDataException">Bytes of it are missing or wrong: it was replaced, or the disk has failed.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be read just now.</exception>
    public async Task Copy(StoredCheckpoint checkpoint, Stream into, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(into);
        var length = 0L;
        for (var part = 0; length < checkpoint.Length; part++)
        {
            var bytes = await Part(checkpoint.Id, part, cancel) ?? throw new InvalidDataException($"the checkpoint '{checkpoint.Name}' of position {checkpoint.Position} lacks part {part}, or it is damaged");
            await into.WriteAsync(bytes, cancel);
            length += bytes.Length;
        }
    }

    /// <summary>The bytes of the last checkpoint of a name of which every byte is right, read once; null where there is none.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read just now.</exception>
    internal async Task<byte[]?> ReadLatest(string name, CancellationToken cancel)
    {
        foreach (var candidate in await Candidates(name, cancel))
        {
            if (candidate.Length is < 0 or > int.MaxValue / 2) continue;
            var (bytes, length) = (GC.AllocateUninitializedArray<byte>((int)candidate.Length), 0);
            for (var part = 0; length < bytes.Length && await Part(candidate.Id, part, cancel) is { } one && one.Length <= bytes.Length - length; part++)
            {
                one.CopyTo(bytes, length);
                length += one.Length;
            }

            if (length == bytes.Length) return bytes;
        }

        return null;
    }

    /// <summary>Deletes what was begun and never finished.</summary>
    internal Task<int> DropAbandoned() => _engine.Write(session =>
    {
        var before = ("@before", (object?)(session.Now - (long)s_abandoned.TotalMilliseconds));
        session.Execute("DELETE FROM checkpoint_parts WHERE checkpoint IN (SELECT id FROM checkpoints WHERE complete = 0 AND created < @before)", before);
        return session.Execute("DELETE FROM checkpoints WHERE complete = 0 AND created < @before", before);
    });

    private Task<List<StoredCheckpoint>> Candidates(string name, CancellationToken cancel) => _engine.Read(
        "SELECT id, name, position, created, length FROM checkpoints WHERE name = @name AND complete = 1 ORDER BY position DESC, id DESC",
        r => new StoredCheckpoint(r.GetInt64(0), r.GetString(1), r.GetInt64(2), r.GetInt64(3), r.GetInt64(4)), cancel, ("@name", name));

    private async Task<bool> Add(long id, int part, byte[] bytes)
    {
        try
        {
            return await _engine.Write(session => session.List("SELECT 1 FROM checkpoints WHERE id = @id", r => r.GetInt32(0), ("@id", id)).Count > 0
                && session.Execute("INSERT INTO checkpoint_parts (checkpoint, part, crc, content) VALUES (@id, @part, @crc, @content)",
                    ("@id", id), ("@part", part), ("@crc", (long)Crc32C.Append(Crc32C.Start, bytes)), ("@content", bytes)) > 0, PartWeight);
        }
        catch (InvalidOperationException e) when (e.InnerException is DbException { SqlState: ForeignKey })
        {
            // another server forgot a user between the two statements
            return false;
        }
    }

    private static bool Finish(WriteSession session, long id, string name, long position, long length)
    {
        session.TakePosition();
        var forgotten = session.List("SELECT 1 FROM forgotten WHERE position > @position LIMIT 1", r => r.GetInt32(0), ("@position", position)).Count > 0;
        var saved = !forgotten && session.Execute("UPDATE checkpoints SET complete = 1, length = @length WHERE id = @id", ("@length", length), ("@id", id)) > 0;
        var old = session.List("SELECT id FROM checkpoints WHERE name = @name AND complete = 1 ORDER BY position DESC, id DESC", r => r.GetInt64(0), ("@name", name)).Skip(Kept).ToList();
        if (!saved) old.Add(id);
        session.Purge = !saved;
        foreach (var number in old)
        {
            session.Execute("DELETE FROM checkpoint_parts WHERE checkpoint = @id", ("@id", number));
            session.Execute("DELETE FROM checkpoints WHERE id = @id", ("@id", number));
        }

        return saved;
    }

    private async Task<byte[]?> Part(long id, int part, CancellationToken cancel)
    {
        var found = await _engine.Read("SELECT content, crc FROM checkpoint_parts WHERE checkpoint = @id AND part = @part",
            r => (Bytes: r.GetFieldValue<byte[]>(0), Crc: r.GetInt64(1)), cancel, ("@id", id), ("@part", part));
        return found is [{ } one] && Crc32C.Append(Crc32C.Start, one.Bytes) == one.Crc ? one.Bytes : null;
    }
}
