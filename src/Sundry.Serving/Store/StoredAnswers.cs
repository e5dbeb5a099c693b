using Sundry.Data;

namespace Sundry.Serving;

/// <summary>Answers that were given lately. Each expires; <see cref="ShopStore.Expire"/> deletes those that have.</summary>
public sealed class StoredAnswers
{
    /// <summary>The most characters of what is kept of one.</summary>
    public const int LongestContent = 1_048_576;

    private readonly StoreEngine _engine;

    internal StoredAnswers(StoreEngine engine) => _engine = engine;

    /// <summary>Keeps an answer. One with its id is replaced.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="keep">For how long.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="InputException">A text of it cannot be stored.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot write just now.</exception>
    public async Task Put(StoredAnswer answer, TimeSpan keep, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(answer);
        StoredText.Name("id", answer.Id);
        if (answer.User is not null) StoredText.Name("user", answer.User);
        if (answer.Session is not null) StoredText.Name("session", answer.Session);
        if (StoredText.Problem("content", answer.Content, LongestContent) is { } problem) throw new InputException(problem);
        cancel.ThrowIfCancellationRequested();
        await _engine.Write(session => session.Execute(
            """
            INSERT INTO answers (id, user_id, session_id, created, expires, content) VALUES (@id, @user, @session, @now, @expires, @content)
            ON CONFLICT (id) DO UPDATE SET user_id = excluded.user_id, session_id = excluded.session_id, created = excluded.created, expires = excluded.expires, content = excluded.content
            """,
            ("@id", answer.Id), ("@user", answer.User), ("@session", answer.Session), ("@now", session.Now), ("@expires", session.Now + (long)keep.TotalMilliseconds), ("@content", answer.Content)));
    }

    /// <summary>An answer; null where it is not there or has expired.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read just now.</exception>
    public async Task<StoredAnswer?> Get(string id, CancellationToken cancel = default) => (await _engine.Read(
        "SELECT id, user_id, session_id, content FROM answers WHERE id = @id AND expires > @now",
        r => new StoredAnswer(r.GetString(0), r.IsDBNull(1) ? null : r.GetString(1), r.IsDBNull(2) ? null : r.GetString(2), r.GetString(3)),
        cancel, ("@id", id), ("@now", _engine.Options.Clock.GetUtcNow().ToUnixTimeMilliseconds()))).FirstOrDefault();
}
