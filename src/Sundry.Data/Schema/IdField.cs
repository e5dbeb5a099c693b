namespace Sundry.Data;

/// <summary>One column of ids: each row of a batch holds exactly one id in 0..<paramref name="Rows"/>-1, where 0 means a value that training never saw.</summary>
/// <param name="Name">The column's name, unique in its layout: the feature's name, or the feature's name, a colon and a part (<c>age:bucket</c>, <c>time:hour</c>).</param>
/// <param name="Feature">The feature that it was made from.</param>
/// <param name="Rows">How many rows its embedding table has.</param>
/// <param name="Embedding">The embedding's width where the configuration asks for one, else null: the model decides.</param>
public sealed record IdField(string Name, string Feature, int Rows, int? Embedding)
{
    /// <summary>The vectors that its ids stand for, which are not trained; null where each id has an embedding.</summary>
    public VectorTable? Vectors { get; init; }

    /// <summary>The table whose rows it shares with other fields that name the same one, or that are called so; null for rows of its own.</summary>
    public string? Table { get; init; }
}
