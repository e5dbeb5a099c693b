namespace Sundry.Data;

/// <summary>What is done to vectors before a model reads them.</summary>
public enum VectorScale
{
    /// <summary>Each number to mean 0 and deviation 1 over the training rows' vectors.</summary>
    Standard,

    /// <summary>Each vector to length 1.</summary>
    L2,

    /// <summary>Nothing.</summary>
    None,
}
