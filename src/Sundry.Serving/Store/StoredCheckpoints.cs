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
    // as much as a commit takes: events are not to wait for several
    private const int PartWeight = 2_000;
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
            // it is written when this returns, and may be filled anew: so large an array each time would bring about full collections
            saved = await Add(id, part, count == PartBytes ? buffer : buffer[..count]);
        }

        if (!saved) return false;
        var old = new List<long>();
        saved = await _engine.Write(session => Finish(session, id, name, position, length, old));
        await Drop(old, cancel);
        return saved;
    }

    /// <summary>The last checkpoint of a name of which every byte is right; null where there is none.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read just now.</exception>
    public async Task<StoredCheckpoint?> Latest(string name, CancellationToken cancel = default)
    {
        var room = new byte[PartBytes];
        foreach (var candidate in await Candidates(name, cancel))
        {
            var length = 0L;
            for (var part = 0; length < candidate.Length && await Part(candidate.Id, part, room, cancel) is > 0 and var count; part++) length += count;
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
        var (room, length) = (new byte[PartBytes], 0L);
        for (var part = 0; length < checkpoint.Length; part++)
        {
            var count = await Part(checkpoint.Id, part, room, cancel);
            if (count == 0) throw new InvalidDataException($"the checkpoint '{checkpoint.Name}' of position {checkpoint.Position} lacks part {part}, or it is damaged");
            await into.WriteAsync(room.AsMemory(0, count), cancel);
            length += count;
        }
    }

    /// <summary>Writes the last checkpoint of a name of which every byte is right to a stream that is empty, reading it once.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be read just now.</exception>
    internal async Task<bool> ReadLatest(string name, ScratchStream into, CancellationToken cancel)
    {
        var room = new byte[PartBytes];
        foreach (var candidate in await Candidates(name, cancel))
        {
            into.Clear();
            for (var part = 0; into.Length < candidate.Length && await Part(candidate.Id, part, room, cancel) is > 0 and var count; part++) into.Write(room.AsSpan(0, count));
            if (into.Length == candidate.Length) return true;
        }

        return false;
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

    private static bool Finish(WriteSession session, long id, string name, long position, long length, List<long> old)
    {
        session.TakePosition();
        var forgotten = session.List("SELECT 1 FROM forgotten WHERE position > @position LIMIT 1", r => r.GetInt32(0), ("@position", position)).Count > 0;
        var saved = !forgotten && session.Execute("UPDATE checkpoints SET complete = 1, length = @length WHERE id = @id", ("@length", length), ("@id", id)) > 0;
        old.Clear();
        old.AddRange(session.List("SELECT id FROM checkpoints WHERE name = @name AND complete = 1 ORDER BY position DESC, id DESC", r => r.GetInt64(0), ("@name", name)).Skip(Kept));
        foreach (var number in old) session.Execute("UPDATE checkpoints SET complete = 0 WHERE id = @id", ("@id", number));
        session.Purge = !saved;
        if (saved) return true;
        session.Execute("DELETE FROM checkpoint_parts WHERE checkpoint = @id", ("@id", id));
        session.Execute("DELETE FROM checkpoints WHERE id = @id", ("@id", id));
        return false;
    }

    // a part at a time: what is deleted is overwritten, and events would wait for a hundred megabytes of that
    private async Task Drop(List<long> old, CancellationToken cancel)
    {
        try
        {
            foreach (var number in old)
            {
                var part = 0;
                while (!cancel.IsCancellationRequested && await _engine.Write(session => session.Execute("DELETE FROM checkpoint_parts WHERE checkpoint = @id AND part = @part", ("@id", number), ("@part", part)), PartWeight) > 0) part++;
                if (!cancel.IsCancellationRequested) await _engine.Write(session => session.Execute("DELETE FROM checkpoints WHERE id = @id", ("@id", number)));
            }
        }
        catch (StoreUnavailableException)
        {
            // what is left of it is dropped with what was never finished
        }
    }

    // bytes of a part, brought into the room; 0 where it is not there, or not as it was written
    private async Task<int> Part(long id, int part, byte[] room, CancellationToken cancel)
    {
        var found = await _engine.Read("SELECT content, crc FROM checkpoint_parts WHERE checkpoint = @id AND part = @part",
            r =>
            {
                var bytes = _engine.Bytes(r, 0);
                if (bytes.Length > room.Length) return (Count: 0, Crc: 0L);
                bytes.CopyTo(room);
                return (Count: bytes.Length, Crc: r.GetInt64(1));
            },
            cancel, ("@id", id), ("@part", part));
        return found is [{ } one] && Crc32C.Append(Crc32C.Start, room.AsSpan(0, one.Count)) == one.Crc ? one.Count : 0;
    }
}
