using System.ComponentModel;

namespace Sundry.Data;

/// <summary>Weights of a task's classes: <c>none</c>, <c>balanced</c>, or a map from class to weight, <c>{"yes": 10, "no": 1}</c>.</summary>
[ConfigShorthand(nameof(Rule), nameof(ByClass))]
public sealed class ClassWeightOptions : IConfigChecked
{
    /// <summary>none or balanced; not used where <see cref="ByClass"/> has entries.</summary>
    /// <value>Default: none.</value>
    [Description("none: every row alike; balanced: every class alike")]
    public ClassWeightRule Rule { get; init; } = ClassWeightRule.None;

    /// <summary>A weight for each class as it is written in the file; a class that is not named weighs 1.</summary>
    [Description("A weight for each class as it is written in the file; a class that is not named weighs 1")]
    public OrderedDictionary<string, double> ByClass { get; init; } = [];

    /// <inheritdoc/>
    public IEnumerable<(string Property, string Message)> Check()
    {
        foreach (var (name, weight) in ByClass)
            if (weight is not (>= 0 and < double.PositiveInfinity)) yield return (nameof(ByClass), $"the weight of class '{name}' must be a number of at least 0");
    }
}
