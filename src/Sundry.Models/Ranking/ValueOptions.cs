using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>The formula that makes one value of the outputs of several tasks.</summary>
public sealed record ValueOptions : IConfigChecked
{
    /// <summary>How outputs are combined.</summary>
    /// <value>Default: weighted_sum.</value>
    [Description("weighted_sum (Σ w·y), power_product (Π (ε + y)^w), rank_average (the share of the list that an item beats, averaged) or vote (the tasks in whose top k it stands)")]
    public ValueMethod Method { get; init; } = ValueMethod.WeightedSum;

    /// <summary>A weight a term, at least 0; null fits them on validation.</summary>
    /// <value>Default: fitted (null).</value>
    [ConfigNull("fitted")]
    [Description("A weight a term, at least 0, or fitted: found on the validation rows. A term is a task, one class of a multiclass task (interest.high), or either times a column (purchase*price)")]
    public IReadOnlyDictionary<string, double>? Weights { get; init; }

    /// <summary>The terms whose weights are fitted.</summary>
    /// <value>Default: every main task that has one output to rank by.</value>
    [Description("The terms whose weights are fitted; by default every main task")]
    public IReadOnlyList<string> Terms { get; init; } = [];

    /// <summary>The k of vote.</summary>
    /// <value>Default: 10.</value>
    [Range(1, 1_000_000)]
    [Description("vote: how many of a list are a task's top")]
    public int Top { get; init; } = 10;

    /// <summary>The ε of power_product.</summary>
    /// <value>Default: 1e-6.</value>
    [Range(1e-12, 1e6)]
    [Description("power_product: what is added to each output, so that a single 0 does not decide")]
    public double Epsilon { get; init; } = 1e-6;

    /// <inheritdoc/>
    public IEnumerable<(string Property, string Message)> Check()
    {
        if (Weights is null) yield break;
        if (Terms.Count > 0) yield return (nameof(Terms), "'terms' names what is fitted, and 'weights' are given; remove one of the two");
        foreach (var (term, weight) in Weights)
            if (weight is not (>= 0 and <= 1e12)) yield return (nameof(Weights), $"the weight of '{term}' is {weight}; give a number of at least 0");
        if (Weights.Count == 0 || Weights.Values.All(w => w == 0)) yield return (nameof(Weights), "every weight is 0, so that nothing would be ranked; give one of them a weight above 0, or write 'fitted'");
    }
}
