namespace Sundry.Data;

/// <summary>One column of bags: each row of a batch holds any number of ids in 0..<paramref name="Rows"/>-1, where 0 means a value that training never saw.</summary>
/// <param name="Name">The column's name, unique in its layout.</param>
/// <param name="Feature">The feature that it was made from.</param>
/// <param name="Rows">How many rows its embedding table has.</param>
/// <param name="Embedding">The embedding's width where the configuration asks for one, else null: the model decides.</param>
/// <param name="Pooling">How a bag's embeddings become one vector.</param>
public sealed record BagField(string Name, string Feature, int Rows, int? Embedding, Pooling Pooling)
{
    /// <summary>0 for a set; for a sequence the most ids that a row holds, the oldest first. The newest are kept.</summary>
    public int Length { get; init; }

    /// <summary>What reads its ids, the tokens of a text in their order; null where their embeddings are pooled.</summary>
    public TextField? Text { get; init; }

    /// <summary>How its ids, terms of a text in ascending order, are weighed before their embeddings are summed; null where all count alike.</summary>
    public TermWeights? Weights { get; init; }

    /// <summary>The table whose rows it shares with other fields that name the same one, or that are called so; null for rows of its own.</summary>
    public string? Table { get; init; }

    /// <summary>The sequence that it goes along with, one id for each of that one's in every row: the categories or the times of its items. Null for none; a sequence <c>history:type</c> goes along with <c>history</c> without saying so.</summary>
    public string? Along { get; init; }
}
