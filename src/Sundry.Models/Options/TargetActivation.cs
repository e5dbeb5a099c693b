namespace Sundry.Models;

/// <summary>What follows the hidden layers of a deep interest network's attention.</summary>
public enum TargetActivation
{
    /// <summary>A PReLU whose bend follows the batch (Zhou et al., KDD 2018).</summary>
    Dice,

    /// <summary>max(x, 0) + slope · min(x, 0), the slope trained.</summary>
    Prelu,

    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    Sigmoid,
}
