namespace Sundry.Data;

/// <summary>How far a prediction is from its label.</summary>
public enum TaskLoss
{
    /// <summary>By the task's type: cross entropy for binary and multiclass, squared for regression, Poisson for count.</summary>
    Auto,

    /// <summary>−log of the probability given to what happened (binary, multiclass).</summary>
    CrossEntropy,

    /// <summary>(z − y)² (regression, count).</summary>
    Squared,

    /// <summary>Squared up to a distance of <see cref="TaskOptions.Delta"/>, linear beyond it (regression, count).</summary>
    Huber,

    /// <summary>exp(z) − y·z, the negative log likelihood of a Poisson count less its constant (count).</summary>
    Poisson,
}
