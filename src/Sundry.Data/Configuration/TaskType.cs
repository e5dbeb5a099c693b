namespace Sundry.Data;

/// <summary>What a task predicts.</summary>
public enum TaskType
{
    /// <summary>One of two outcomes: clicked or not. Predicted as the probability of the positive one.</summary>
    Binary,

    /// <summary>A number: an amount, a rating.</summary>
    Regression,

    /// <summary>A number of events, 0, 1, 2 …: predicted as the expected number.</summary>
    Count,

    /// <summary>One of several classes. Predicted as a probability for each.</summary>
    Multiclass,
}
