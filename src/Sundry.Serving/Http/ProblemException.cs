namespace Sundry.Serving;

/// <summary>A request cannot be done; the answer is the problem.</summary>
internal sealed class ProblemException(Problem problem) : Exception(problem.Detail ?? problem.Title)
{
    public Problem Problem { get; } = problem;

    /// <summary>The body, or a part of it, is not right.</summary>
    public static ProblemException Field(string field, string detail, string? mend = null) =>
        new(new Problem { Type = "/problems/wrong-input", Title = "The request is not right", Status = 400, Detail = detail, Field = field, Mend = mend });

    /// <summary>What was asked for is not there.</summary>
    public static ProblemException NotFound(string what, string id, string? mend = null) =>
        new(new Problem { Type = "/problems/not-found", Title = "There is no such thing", Status = 404, Detail = $"there is no {what} '{id}'", Mend = mend });

    /// <summary>Somebody else was faster.</summary>
    public static ProblemException Changed(string what, string name) => new(new Problem
    {
        Type = "/problems/changed-meanwhile",
        Title = "It was changed meanwhile",
        Status = 412,
        Detail = $"the {what} '{name}' is not in the version that If-Match names",
        Field = "If-Match",
        Mend = "read it again, and send your change with the ETag that it has now",
    });
}
