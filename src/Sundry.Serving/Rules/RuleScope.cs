namespace Sundry.Serving;

/// <summary>What an expression is asked about.</summary>
/// <param name="Item">An item.</param>
/// <param name="User">The user.</param>
/// <param name="Context">The request.</param>
public readonly record struct RuleScope(Facts Item, Facts User, Facts Context);
