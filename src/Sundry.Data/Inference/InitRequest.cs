namespace Sundry.Data;

/// <summary>What <see cref="InitWriter"/> looks at.</summary>
/// <param name="Files">Data files or globs, and matrices of vectors (<c>.npy</c>) with lists of their keys beside them. Names that hold the word train, test, validation, valid, val or dev say which part a file is; others are training rows.</param>
/// <param name="ConfigFolder">The folder that the configuration will lie in; the paths in it are relative to this.</param>
public sealed record InitRequest(IReadOnlyList<string> Files, string ConfigFolder)
{
    /// <summary>The labels: a column's name, or <c>name=positive value</c>. Empty: they are guessed.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>The sections <c>model</c> and <c>training</c>, as YAML; written at the end as they stand.</summary>
    public string ModelAndTraining { get; init; } = "";
}
