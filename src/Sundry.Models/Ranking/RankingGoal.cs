using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>What a ranking is fitted to and judged by.</summary>
public sealed record RankingGoal : IConfigChecked
{
    /// <summary>NDCG of this task's labels within groups.</summary>
    [Description("A task (or term): NDCG of its labels within groups, the gain of an item being its label")]
    public string? Ndcg { get; init; }

    /// <summary>A column whose sum over the sold items of each list's top is to be high.</summary>
    [Description("A column, such as a price: its sum over those items of a list's top whose task 'of' has happened")]
    public string? Revenue { get; init; }

    /// <summary>The task that says whether, or how many, an item was sold.</summary>
    [Description("The task that says whether, or how often, an item was sold (with 'revenue')")]
    public string? Of { get; init; }

    /// <summary>The k of NDCG@k, or how many of a list count as shown.</summary>
    /// <value>Default: 10.</value>
    [Range(1, 1_000_000)]
    [Description("How many of a list count")]
    public int At { get; init; } = 10;

    /// <summary>The term whose labels are the gains.</summary>
    [JsonIgnore]
    public string Term => Ndcg ?? $"{Of}*{Revenue}";

    /// <inheritdoc/>
    public override string ToString() => Ndcg is not null ? $"ndcg@{At} of {Ndcg}" : $"revenue@{At}: {Revenue} of {Of}";

    /// <inheritdoc/>
    public IEnumerable<(string Property, string Message)> Check()
    {
        if (Ndcg is null == Revenue is null) yield return (nameof(Ndcg), "a goal is either 'ndcg' with a task or 'revenue' with a column; give one of the two");
        if (Revenue is not null && Of is null) yield return (nameof(Of), "'revenue' needs 'of', the task that says what was sold, such as {revenue: price, of: purchase}");
        if (Revenue is null && Of is not null) yield return (nameof(Of), "'of' belongs to 'revenue'; remove it");
    }
}
