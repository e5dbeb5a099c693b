namespace Sundry.Data;

/// <summary>How the classes of a task weigh in its loss.</summary>
public enum ClassWeightRule
{
    /// <summary>Every row alike.</summary>
    None,

    /// <summary>Every class alike: a row weighs rows / (classes × rows of its class), counted on the training rows.</summary>
    Balanced,
}
