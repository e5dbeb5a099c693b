namespace Sundry.Serving;

/// <summary>How an ASP.NET application embeds a shop that answers.</summary>
public sealed class SundryServiceOptions
{
    /// <summary>The store: the path of an SQLite file, or <c>postgres://…</c>.</summary>
    /// <value>Default: shop.db.</value>
    public string Store { get; set; } = "shop.db";

    /// <summary>The model's folder; null: none yet.</summary>
    public string? Model { get; set; }

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Which events are refused, and how the store is opened otherwise.</summary>
    public StoreOptions StoreOptions { get; set; } = new();

    /// <summary>How it answers.</summary>
    public ServeOptions Serve { get; set; } = new();

    /// <summary>What the interface takes, where it is mapped (<see cref="SundryEndpoints.MapSundry"/>).</summary>
    public HttpOptions Http { get; set; } = new();
}
