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

    /// <summary>
    /// λ of an L1 penalty, as a proximal step after each update: w ← sign(w) max(|w| − η λ, 0), which makes weights exactly 0. Adam and Adagrad divide η λ by what they divide the
    /// gradient by, so that a weight stays at 0 while its gradient is smaller than λ (Yun, Lozano and Yang, NeurIPS 2021). Of parameters the weights of layers, not biases and scales; of
    /// tables the rows that the batch touched.
    /// </summary>
    /// <value>Default: 0.</value>
    public double L1 { get; init; }

    /// <summary>Prepares step number <paramref name="step"/>, counted from 1.</summary>
    internal virtual OptimizerStep Begin(long step, double learningRate, double scale) => new(learningRate, scale, 1, 1);

    /// <summary>The proximal step of <see cref="L1"/> for a parameter.</summary>
    internal void Shrink(in OptimizerStep step, Parameter parameter, float* weights, float* first, float* second, int length)
    {
        if (L1 > 0 && IsLayer(parameter)) Shrink(step, weights, first, second, length);
    }

    /// <summary>The proximal step of <see cref="L1"/> for the rows that a batch touched.</summary>
    internal void ShrinkRows(in OptimizerStep step, float* table, int stride, RowGradients touched)
    {
        if (L1 <= 0) return;
        var width = touched.Table.Width;
        foreach (var at in touched.Rows)
        {
            var row = table + (long)at * stride;
            Shrink(step, row, Moments > 0 ? row + width : null, Moments > 1 ? row + 2 * width : null, width);
        }
    }

    // factors that begin at 1 are no layer's weights: 0 is not where they do nothing
    private static bool IsLayer(Parameter parameter) => parameter.Name.EndsWith("/weight", StringComparison.Ordinal) && parameter.Initializer != Initializer.Ones;

    /// <summary>The proximal step of <see cref="L1"/>, in the units that the optimiser measures gradients in.</summary>
    private protected virtual void Shrink(in OptimizerStep step, float* weights, float* first, float* second, int length) =>
        Updates.Shrink(weights, null, length, step.Rate * L1, 1, 0);

    internal abstract void Update(in OptimizerStep step, float* weights, float* first, float* second, float* gradient, int length);

    /// <summary>Updates the rows that a batch touched.</summary>
    /// <param name="step">The step.</param>
    /// <param name="table">The table's first row.</param>
    /// <param name="stride">Floats from row to row, moments included.</param>
    /// <param name="touched">The rows and their merged gradients.</param>
    internal virtual void UpdateRows(in OptimizerStep step, float* table, int stride, RowGradients touched)
    {
        var rows = touched.Rows;
        for (var slot = 0; slot < rows.Length; slot++)
        {
            if (slot + Prefetch.Ahead < rows.Length) Prefetch.Row(table + (long)rows[slot + Prefetch.Ahead] * stride, stride);
            var width = touched.Table.Width;
            var row = table + (long)rows[slot] * stride;
            Update(step, row, Moments > 0 ? row + width : null, Moments > 1 ? row + 2 * width : null, touched.Gradient(slot), width);
        }
    }
}
