namespace Sundry.Compute;

/// <summary>
/// How gradients change weights. Parameters are updated whole; of a table only the rows that the batch touched are (the lazy form: other
/// rows keep value and moments, and do not decay).
/// </summary>
public abstract unsafe class Optimizer
{
    private protected Optimizer(int moments) => Moments = moments;

    /// <summary>Floats of state a weight.</summary>
    public int Moments { get; }

    /// <summary>Prepares step number <paramref name="step"/>, counted from 1.</summary>
    internal virtual OptimizerStep Begin(long step, double learningRate, double scale) => new((float)learningRate, (float)scale, 1, 1);

    internal abstract void Update(in OptimizerStep step, float* weights, float* first, float* second, float* gradient, int length);

    /// <summary>Updates one row of a table, its moments beside its values.</summary>
    internal virtual void UpdateRow(in OptimizerStep step, float* row, float* gradient, int width) =>
        Update(step, row, Moments > 0 ? row + width : null, Moments > 1 ? row + 2 * width : null, gradient, width);
}
