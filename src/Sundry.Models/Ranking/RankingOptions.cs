using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>How the outputs of all tasks become one ranking.</summary>
public sealed record RankingOptions
{
    /// <summary>The column that the items of one list have in common.</summary>
    [Required]
    [Description("The column that the items of one list have in common, such as a session, a request or a user")]
    public string Group { get; init; } = "";

    /// <summary>The formula.</summary>
    [Description("The formula that makes one value of the tasks' outputs")]
    public ValueOptions Value { get; init; } = new();

    /// <summary>What the weights are fitted to, and the ranking is judged by.</summary>
    [Required]
    [Description("What the weights are fitted to and the ranking is judged by: {ndcg: purchase, at: 10} or {revenue: price, of: purchase, at: 10}")]
    public RankingGoal Goal { get; init; } = new();

    /// <summary>Every term that is written down.</summary>
    internal IEnumerable<(string Key, string Term)> Terms =>
        [.. (Value.Weights?.Keys ?? []).Select(t => ("value.weights", t)), .. Value.Terms.Select(t => ("value.terms", t)), (Goal.Ndcg is null ? "goal.of" : "goal.ndcg", Goal.Term)];

    /// <summary>The columns that the data must keep for it.</summary>
    /// <param name="tasks">The names of the tasks.</param>
    public GroupColumns Columns(IReadOnlyCollection<string> tasks) =>
        new(Group, [.. Terms.Select(t => ValueTerm.Split(t.Term, tasks).Column).OfType<string>().Distinct(StringComparer.Ordinal)]);

    /// <summary>Terms that name no task, each with the key that it stands under and a sentence.</summary>
    /// <param name="tasks">The names of the tasks that can be ranked by.</param>
    /// <param name="others">All tasks, those that cannot be ranked by among them.</param>
    public IEnumerable<(string Key, string Message)> Unknown(IReadOnlyCollection<string> tasks, IReadOnlyDictionary<string, TaskOptions> others)
    {
        foreach (var (key, term) in Terms)
        {
            if (ValueTerm.Split(term, tasks).Task is not null) continue;
            yield return (key, ValueTerm.Split(term, [.. others.Keys]).Task is not { } other ? ValueTerm.Unknown(term, tasks)
                : others[other].Source != SourceSchema.Main ? $"'{other}' is about the source '{others[other].Source}', and a ranking orders rows of data.train, which have no output of it; rank by {string.Join(", ", tasks)}"
                : $"'{other}' only helps the others to learn ('main: false'), so that it is not predicted; rank by {string.Join(", ", tasks)}, or remove its 'main: false'");
        }
    }
}
