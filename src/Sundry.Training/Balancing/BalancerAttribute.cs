namespace Sundry.Training;

/// <summary>The word that chooses a balancer in a configuration, and what it may be combined with.</summary>
/// <param name="name">The word, in snake_case.</param>
/// <param name="settings">Names of the properties of <see cref="BalancingOptions"/> that it reads; the others are refused.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class BalancerAttribute(string name, params string[] settings) : Attribute
{
    /// <summary>The word.</summary>
    public string Name { get; } = name;

    /// <summary>Names of the properties of <see cref="BalancingOptions"/> that it reads.</summary>
    public IReadOnlyList<string> Settings { get; } = settings;

    /// <summary>Whether <c>tasks.NAME.weight</c> means something to it; where not, a weight is refused rather than ignored.</summary>
    /// <value>Default: false.</value>
    public bool TakesWeights { get; init; }

    /// <summary>Whether it needs losses above 0, since it takes their logarithm or their ratio; Poisson's loss is then refused.</summary>
    /// <value>Default: false.</value>
    public bool NeedsPositiveLosses { get; init; }

    /// <summary>Whether it does something to a single task; those that do not are the identity on one.</summary>
    /// <value>Default: false.</value>
    public bool ServesOne { get; init; }
}
