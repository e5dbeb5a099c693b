using System.ComponentModel;

namespace Sundry.Training;

/// <summary>What <see cref="ContentRecommender"/> reads.</summary>
public sealed record ContentOptions
{
    /// <summary>Columns of the items.</summary>
    /// <value>Default: none, which takes all.</value>
    [Description("Columns of the items whose words count; without any, all")]
    public IReadOnlyList<string> Columns { get; init; } = [];
}
