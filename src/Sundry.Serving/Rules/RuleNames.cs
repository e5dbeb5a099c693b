namespace Sundry.Serving;

/// <summary>The attributes that expressions may name: an item's as <c>price</c> or <c>item.price</c>, the user's as <c>user.age</c>, the request's as <c>context.region</c>.</summary>
public sealed class RuleNames
{
    /// <summary>Items' attributes.</summary>
    public FactNames Item { get; } = new();

    /// <summary>Users' attributes.</summary>
    public FactNames User { get; } = new();

    /// <summary>Requests' attributes.</summary>
    public FactNames Context { get; } = new();
}
