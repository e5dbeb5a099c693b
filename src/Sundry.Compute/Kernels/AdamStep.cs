namespace Sundry.Compute;

/// <summary>What is the same for all weights of one of Adam's steps, in the precision of the loop; it comes in double, because 1 - b2 in float would lose half its digits.</summary>
internal readonly struct AdamStep(in OptimizerStep step, double b1, double b2, double eps, double coupled, double decoupled)
{
    public readonly float B1 = (float)b1;
    public readonly float Rest1 = (float)(1 - b1);
    public readonly float B2 = (float)b2;
    public readonly float Rest2 = (float)(1 - b2);
    public readonly float Eps = (float)eps;

    /// <summary>Decay that is added to the gradient.</summary>
    public readonly float Decay = (float)coupled;

    /// <summary>What decay beside the gradient leaves of a weight.</summary>
    public readonly float Keep = (float)(1 - step.Rate * decoupled);
    public readonly float Rate = (float)(-step.Rate / step.Correction1);
    public readonly float Root = (float)(1 / Math.Sqrt(step.Correction2));
    public readonly float Scale = (float)step.Scale;
}
