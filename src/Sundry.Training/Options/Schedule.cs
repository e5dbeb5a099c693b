namespace Sundry.Training;

/// <summary>What the learning rate does over the training.</summary>
public enum Schedule
{
    /// <summary>It stays.</summary>
    Constant,

    /// <summary>It falls to 0 along half a cosine over all epochs.</summary>
    Cosine,

    /// <summary>It halves each time that validation has not improved for two epochs.</summary>
    Plateau,
}
