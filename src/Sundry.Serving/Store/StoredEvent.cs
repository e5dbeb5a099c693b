namespace Sundry.Serving;

/// <summary>An event that is in the store.</summary>
/// <param name="Position">Its place in the order of commits. Later commits have greater positions; a position is never used twice.</param>
/// <param name="Received">When the store took it: Unix time in milliseconds, UTC.</param>
/// <param name="Event">The event, always with an id.</param>
public sealed record StoredEvent(long Position, long Received, EventRecord Event);
