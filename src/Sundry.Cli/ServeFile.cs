using System.ComponentModel;
using Sundry.Serving;

namespace Sundry.Cli;

/// <summary>The configuration of a server.</summary>
internal sealed record ServeFile
{
    /// <summary>Scenarios and rules that stand behind those of the store.</summary>
    [Description("Scenarios and rules that hold where the store says nothing else")]
    public ServeSection Serve { get; init; } = new();

    /// <summary>What the interface takes.</summary>
    [Description("What the interface takes, and how much at once")]
    public HttpOptions Http { get; init; } = new();

    /// <summary>Types of events of the shop's own.</summary>
    [Description("Types of events beside those that every shop knows")]
    public IReadOnlyList<string> Events { get; init; } = [];
}

/// <summary>What <c>sundry serve</c> was asked for.</summary>
/// <param name="Model">The model's folder; null: none.</param>
/// <param name="Store">The store's place.</param>
/// <param name="Listen">Where to listen.</param>
/// <param name="File">The configuration.</param>
/// <param name="Vectors">A file of factors, or <c>model</c>; null: what the configuration says.</param>
/// <param name="Log">Whether requests are logged.</param>
/// <param name="Json">Whether what was started is told as JSON.</param>
internal sealed record ServeSettings(string? Model, string Store, ListenAddress Listen, ServeFile File, string? Vectors, bool Log, bool Json);
