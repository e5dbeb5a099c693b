namespace Sundry.Models;

/// <summary>The word that chooses an architecture in a configuration.</summary>
/// <param name="name">The word, in snake_case.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ArchitectureAttribute(string name) : Attribute
{
    /// <summary>The word.</summary>
    public string Name { get; } = name;
}
