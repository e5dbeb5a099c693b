namespace Sundry.Serving;

/// <summary>How much the interface takes, and from whom.</summary>
public sealed record HttpLimits
{
    /// <summary>Whether no key is asked for.</summary>
    /// <value>Default: keys are asked for.</value>
    public bool Open { get; init; }

    /// <summary>The most requests a second of one key, with as many again at once after a pause.</summary>
    /// <value>Default: 2,000.</value>
    public int RequestsPerSecond { get; init; } = 2_000;

    /// <summary>The most requests that are under way; further ones are answered 503 at once.</summary>
    /// <value>Default: 256.</value>
    public int UnderWay { get; init; } = 256;

    /// <summary>The most bytes of a body that is read as a whole.</summary>
    /// <value>Default: 8 MiB.</value>
    public int BodyBytes { get; init; } = 8 << 20;

    /// <summary>The most bytes of a body that is read line by line.</summary>
    /// <value>Default: 1 GiB.</value>
    public long BulkBytes { get; init; } = 1L << 30;

    /// <summary>The most requests in one <c>recommend:batch</c>.</summary>
    /// <value>Default: 1,000.</value>
    public int Batch { get; init; } = 1_000;
}
