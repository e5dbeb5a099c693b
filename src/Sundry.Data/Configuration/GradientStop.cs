namespace Sundry.Data;

/// <summary>What a task reads but does not teach.</summary>
public enum GradientStop
{
    /// <summary>Nothing: it teaches all that it reads.</summary>
    None,

    /// <summary>The experts that it shares with others; its gate, its own experts and its tower learn.</summary>
    Experts,

    /// <summary>All that comes before its tower.</summary>
    Tower,
}
