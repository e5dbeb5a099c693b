using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Sundry.Data;

namespace Sundry.Training;

/// <summary>What <see cref="PopularRecommender"/> counts.</summary>
public sealed record PopularOptions
{
    /// <summary>Days before the newest interaction that count.</summary>
    /// <value>Default: all (null).</value>
    [ConfigNull("all")]
    [Range(0.001, 1e6)]
    [Description("Days before the newest interaction that count")]
    public double? Days { get; init; }

    /// <summary>A column of the items by whose values popularity is weighed with the user's own shares; several values of an item are joined by |.</summary>
    /// <value>Default: none (null), which gives everyone the same list.</value>
    [ConfigNull("none")]
    [Description("A column of the items: what is popular counts more within the values that the user had to do with")]
    public string? By { get; init; }
}
