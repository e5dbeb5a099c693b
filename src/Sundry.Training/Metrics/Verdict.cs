namespace Sundry.Training;

/// <summary>How a model does beside its reference on the same rows.</summary>
public enum Verdict
{
    /// <summary>The interval of the difference holds zero, or there is none.</summary>
    Same,

    /// <summary>Better: the whole interval of the difference is on the good side of zero.</summary>
    Gains,

    /// <summary>Worse: the whole interval is on the bad side. Against the single-task model this is negative transfer.</summary>
    Loses,
}
