using System.ComponentModel;

namespace Sundry.Data;

/// <summary>Where the validation rows come from: a share of the training rows (<c>10%</c>) or files of their own (<c>valid.csv</c>, <c>[a.csv, b.csv]</c>).</summary>
[ConfigShorthand(nameof(Share), nameof(Files))]
public sealed class ValidationOptions : IConfigChecked
{
    /// <summary>The share of the training rows that validates instead of training, dealt as <see cref="DataOptions.Split"/> says; null where <see cref="Files"/> are given.</summary>
    [Description("Share of the training rows that is held back for validation")]
    public Share? Share { get; init; }

    /// <summary>Paths and globs of validation files; empty where a <see cref="Share"/> is given.</summary>
    [Description("Files of validation rows: a path, a glob, or a list of them")]
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <inheritdoc/>
    public IEnumerable<(string Property, string Message)> Check()
    {
        if (Share is null && Files.Count == 0) yield return (nameof(Files), "validation needs a share, such as 10%, or a path");
        if (Share is not null && Files.Count > 0) yield return (nameof(Share), "validation takes a share or files, not both");
        if (Share is { Value: >= 1 or <= 0 }) yield return (nameof(Share), "the validation share must lie between 0% and 100%; early stopping and calibration need rows to look at");
    }
}
