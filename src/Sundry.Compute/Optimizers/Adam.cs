namespace Sundry.Compute;

/// <summary>
/// Adam (Kingma and Ba, 2015), with weight decay added to the gradient, or decoupled from it (AdamW; Loshchilov and Hutter, 2019). Rows of
/// tables take the lazy form, with one step count for all rows.
/// </summary>
/// <param name="weightDecay">λ of every weight; of a table's rows only in the steps that touch them.</param>
/// <param name="decoupled">False: g ← g + λ w (L2). True: w ← w − η λ w (AdamW).</param>
/// <param name="beta1">β₁.</param>
/// <param name="beta2">β₂.</param>
/// <param name="epsilon">ε.</param>
public sealed unsafe class Adam(double weightDecay = 0, bool decoupled = false, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8)
    : Optimizer(2)
{
    internal override OptimizerStep Begin(long step, double learningRate, double scale) =>
        new(learningRate, scale, 1 - Math.Pow(beta1, step), 1 - Math.Pow(beta2, step));

    internal override void Update(in OptimizerStep step, float* weights, float* first, float* second, float* gradient, int length) =>
        Updates.Adam(weights, first, second, gradient, length, Step(step, epsilon));

    private protected override void Shrink(in OptimizerStep step, float* weights, float* first, float* second, int length) =>
        Updates.Shrink(weights, second, length, step.Rate * L1, step.Correction2, epsilon);

    // the sparse form adds ε before the second moment's correction, as PyTorch's SparseAdam does
    internal override void UpdateRows(in OptimizerStep step, float* table, int stride, RowGradients touched) =>
        Updates.AdamRows(table, stride, touched.Rows, touched.Gradient(0), touched.Table.Width, Step(step, epsilon / Math.Sqrt(step.Correction2)));

    private AdamStep Step(in OptimizerStep step, double small) => new(step, beta1, beta2, small, decoupled ? 0 : weightDecay, decoupled ? weightDecay : 0);
}
