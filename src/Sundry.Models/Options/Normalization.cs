namespace Sundry.Models;

/// <summary>What stands between a hidden layer and its activation.</summary>
public enum Normalization
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Batch normalisation.</summary>
    Batch,

    /// <summary>Layer normalisation, each expert by itself.</summary>
    Layer,
}
