namespace Sundry.Training;

/// <summary>The word that chooses a balancer in a configuration.</summary>
/// <param name="name">The word, in snake_case.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class BalancerAttribute(string name) : Attribute
{
    /// <summary>The word.</summary>
    public string Name { get; } = name;
}
