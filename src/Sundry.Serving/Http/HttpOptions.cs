using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sundry.Serving;

/// <summary>What the interface takes, from whom, and how much at once. The section <c>http:</c> of a server's configuration.</summary>
public sealed record HttpOptions
{
    /// <summary>Whether everybody may do everything, without a key.</summary>
    /// <value>Default: false.</value>
    [Description("Whether everybody may do everything, without a key; on loopback alone")]
    public bool Open { get; init; }

    /// <summary>The most requests of one key in a second, and at once; 0: no limit.</summary>
    /// <value>Default: 2,000.</value>
    [Range(0, 1_000_000)]
    [Description("The most requests of one key in a second; 0: no limit")]
    public int RequestsPerSecond { get; init; } = 2_000;

    /// <summary>The most requests that are worked on at the same time; more are turned away.</summary>
    /// <value>Default: 256.</value>
    [Range(1, 100_000)]
    [Description("The most requests that are worked on at the same time; more are turned away")]
    public int Concurrent { get; init; } = 256;

    /// <summary>The most bytes of a body that is read as a whole.</summary>
    /// <value>Default: 8 MiB.</value>
    [Range(1_024, 268_435_456)]
    [Description("The most bytes of a body that is read as a whole")]
    public int BodyBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>The most bytes of all bodies that are held at the same time.</summary>
    /// <value>Default: 128 MiB.</value>
    [Range(1_048_576, 17_179_869_184)]
    [Description("The most bytes of all bodies that are held at the same time")]
    public long BodiesBytes { get; init; } = 128L * 1024 * 1024;

    /// <summary>The most bytes of a bulk request, which is read line by line.</summary>
    /// <value>Default: 256 MiB.</value>
    [Range(1_024, 17_179_869_184)]
    [Description("The most bytes of a bulk request, which is read line by line")]
    public long BulkBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>The most lines of a bulk request.</summary>
    /// <value>Default: 100,000.</value>
    [Range(1, 10_000_000)]
    [Description("The most lines of a bulk request")]
    public int BulkLines { get; init; } = 100_000;

    /// <summary>The most requests of a batch of recommendations.</summary>
    /// <value>Default: 256.</value>
    [Range(1, 10_000)]
    [Description("The most requests of a batch of recommendations")]
    public int BatchRequests { get; init; } = 256;

    /// <summary>After how many seconds a request is given up; a bulk request has ten times as long.</summary>
    /// <value>Default: 30.</value>
    [Range(1, 3_600)]
    [Description("After how many seconds a request is given up; a bulk request has ten times as long")]
    public int TimeoutSeconds { get; init; } = 30;

    /// <summary>For how many milliseconds a key that was found to be right is believed without a look into the store, which is how long another server's revocation may take.</summary>
    /// <value>Default: 1,000.</value>
    [Range(0, 60_000)]
    [Description("For how many milliseconds a key is believed without a look into the store")]
    public int KeysKeptMs { get; init; } = 1_000;
}
