namespace Sundry.Training;

/// <summary>What <c>affinity</c> is asked for.</summary>
public sealed record AffinityRequest
{
    /// <summary>How tasks share while they are measured.</summary>
    /// <value>Default: shared_bottom, where everything but the towers is shared.</value>
    public string Architecture { get; init; } = "shared_bottom";

    /// <summary>One step in so many is looked at; null for at most one in ten, and more often where that would be less than some 200 steps.</summary>
    /// <value>Default: null.</value>
    public int? Every { get; init; }

    /// <summary>The rate of the steps that are tried, the same for all tasks as in the paper; null for steps of equal length.</summary>
    /// <value>Default: null.</value>
    public double? Rate { get; init; }

    /// <summary>The most models that the tasks may be divided among.</summary>
    /// <value>Default: 3.</value>
    public int Models { get; init; } = 3;
}
