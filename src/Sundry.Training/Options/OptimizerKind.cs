namespace Sundry.Training;

/// <summary>How gradients change weights.</summary>
public enum OptimizerKind
{
    /// <summary>Adam, weight decay as L2.</summary>
    Adam,

    /// <summary>Adam, weight decay decoupled.</summary>
    Adamw,

    /// <summary>Adagrad.</summary>
    Adagrad,

    /// <summary>Stochastic gradient descent with momentum.</summary>
    Sgd,
}
