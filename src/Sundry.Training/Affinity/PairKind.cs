namespace Sundry.Training;

/// <summary>What two tasks are to each other.</summary>
public enum PairKind
{
    /// <summary>Their gradients mostly point apart.</summary>
    Conflict,

    /// <summary>The gradient of the first is so much longer that the shared part follows it.</summary>
    Drowned,

    /// <summary>Their gradients mostly point the same way.</summary>
    Agreement,

    /// <summary>Neither.</summary>
    Indifference,
}
