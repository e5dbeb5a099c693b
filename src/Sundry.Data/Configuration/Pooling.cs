namespace Sundry.Data;

/// <summary>How the embeddings of a bag's values become one.</summary>
public enum Pooling
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>The largest value of each component.</summary>
    Max,
}
