using Sundry.Data;

namespace Sundry.Models;

/// <summary>The ranking that a bundle keeps, as <c>ranking.json</c>.</summary>
/// <param name="Group">The column that the items of a list have in common.</param>
/// <param name="Method">How outputs are combined.</param>
/// <param name="Weights">A weight a term.</param>
/// <param name="Top">The k of vote.</param>
/// <param name="Epsilon">The ε of power_product.</param>
/// <param name="Goal">What it was fitted to or judged by.</param>
/// <param name="Fitted">Whether the weights were fitted, rather than given.</param>
public sealed record RankingInfo(string Group, ValueMethod Method, IReadOnlyDictionary<string, double> Weights, int Top, double Epsilon, RankingGoal Goal, bool Fitted)
{
    /// <summary>The file's name in a bundle.</summary>
    public const string FileName = "ranking.json";

    /// <summary>The formula, for outputs in the order of <see cref="Weights"/>.</summary>
    public ValueFormula Formula() => new(Method, [.. Weights.Values], Top, Epsilon);

    /// <summary>The terms, in the order of <see cref="Weights"/>.</summary>
    /// <param name="tasks">The tasks whose predictions they are read from.</param>
    /// <exception cref="InputException">A term names no task.</exception>
    public IReadOnlyList<ValueTerm> Terms(IReadOnlyList<TaskSchema> tasks) => [.. Weights.Keys.Select(t => ValueTerm.Read(t, tasks))];
}
