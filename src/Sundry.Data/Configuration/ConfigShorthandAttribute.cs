namespace Sundry.Data;

/// <summary>
/// Lets an option class be written shorter than as a map of its keys: <c>price: numeric</c> for <c>price: {kind: numeric}</c>. Of the named
/// properties, a bare word goes to the first that accepts it, a list to the first that is a list, and a map, where one of them is a map, to that.
/// </summary>
/// <param name="properties">Names of properties of the class, in the order in which they are tried.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ConfigShorthandAttribute(params string[] properties) : Attribute
{
    /// <summary>Names of properties of the class, in the order in which they are tried.</summary>
    public IReadOnlyList<string> Properties { get; } = properties;
}
