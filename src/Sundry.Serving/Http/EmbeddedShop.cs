namespace Sundry.Serving;

/// <summary>How Sundry works within an ASP.NET application of one's own.</summary>
public sealed class EmbeddedShop
{
    /// <summary>The store: a file or <c>postgres://…</c>. Required.</summary>
    public string Store { get; set; } = "";

    /// <summary>The model's folder; null: none, then answers are what is popular and visited together.</summary>
    public string? Model { get; set; }

    /// <summary>How answers are made.</summary>
    public ServeOptions Serve { get; set; } = new();

    /// <summary>How the store is opened.</summary>
    public StoreOptions StoreOptions { get; set; } = new();

    /// <summary>How much the interface takes, and from whom.</summary>
    public HttpLimits Limits { get; set; } = new();

    internal void CopyTo(EmbeddedShop other) =>
        (other.Store, other.Model, other.Serve, other.StoreOptions, other.Limits) = (Store, Model, Serve, StoreOptions, Limits);
}
