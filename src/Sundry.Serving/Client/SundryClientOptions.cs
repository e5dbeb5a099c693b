namespace Sundry.Serving;

/// <summary>How a <see cref="SundryClient"/> asks.</summary>
public sealed record SundryClientOptions
{
    /// <summary>The key, <c>sundry_…</c>; null where the server has none.</summary>
    public string? Key { get; init; }

    /// <summary>How often a request is sent at most, while the server is busy or cannot be reached.</summary>
    /// <value>Default: 5.</value>
    public int Tries { get; init; } = 5;

    /// <summary>The first wait between tries where the server names none; it doubles each time.</summary>
    /// <value>Default: 0.2 s.</value>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest wait; a server that names a longer one is not asked again.</summary>
    /// <value>Default: 30 s.</value>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The clock of the waits, and of events without a time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
