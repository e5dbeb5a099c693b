namespace Sundry.Compute;

/// <summary>
/// What one task wants to be small: Σ weight × loss over the rows, computed from logits. A row of weight 0 is left out, whatever its label
/// (which may then be NaN).
/// </summary>
public abstract unsafe class Loss
{
    private double _alpha;
    private Node? _otherLabel;
    private Node? _otherWeight;

    private protected Loss(string name, Node prediction, Node label, Node weight)
    {
        if (label.Width != 1 || weight.Width != 1)
            throw new ArgumentException($"label and weight of loss '{name}' must be one float a row");
        if (label.Op is not InputOp || weight.Op is not InputOp)
            throw new ArgumentException($"label and weight of loss '{name}' must be inputs");
        if (label.Graph != prediction.Graph || weight.Graph != prediction.Graph)
            throw new ArgumentException($"label and weight of loss '{name}' belong to another graph");
        Name = name;
        Prediction = prediction;
        Label = label;
        Weight = weight;
        prediction.Graph.Add(this);
    }

    /// <summary>The task's name.</summary>
    public string Name { get; }

    /// <summary>The logit, logits or value that the task's head gives.</summary>
    public Node Prediction { get; }

    /// <summary>Input: the label of each row.</summary>
    public Node Label { get; }

    /// <summary>Input: the weight of each row, its share of the mean included.</summary>
    public Node Weight { get; }

    /// <summary>The nodes whose values it reads.</summary>
    internal virtual IReadOnlyList<Node> Inputs => _otherLabel is null ? [Prediction, Label, Weight] : [Prediction, Label, Weight, _otherLabel, _otherWeight!];

    /// <summary>
    /// Has training count the loss of each prediction by two labels, λ times the row's own and 1 − λ times that of the row that <see cref="Node.Mixup"/> mixed it with, each
    /// with its row's weight.
    /// </summary>
    /// <param name="alpha">The α of the mixup.</param>
    public void MixLabels(double alpha)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(alpha);
        (_alpha, _otherLabel, _otherWeight) = (alpha, Label.Partner(), Weight.Partner());
    }

    internal double Value(Frame frame) => Compute(null, frame, 0, add: false);

    internal void Gradient(Frame frame, float scale)
    {
        var dz = frame.Contribute(Prediction, out var add);
        if (dz is not null) Compute(dz, frame, scale, add);
    }

    private double Compute(float* dz, Frame frame, float scale, bool add)
    {
        if (_otherLabel is null) return Compute(dz, frame, Label, Weight, scale, add);
        var share = MixupOp.Share(frame, _alpha);
        return share * Compute(dz, frame, Label, Weight, (float)(share * scale), add)
            + (1 - share) * Compute(dz, frame, _otherLabel, _otherWeight!, (float)((1 - share) * scale), add: true);
    }

    /// <summary>Puts scale × weight × dl/dz into <paramref name="dz"/> where it is given, or adds it.</summary>
    /// <param name="dz">[rows, width of the prediction], or null.</param>
    /// <param name="frame">The shard.</param>
    /// <param name="label">The label of each row.</param>
    /// <param name="weight">The weight of each row.</param>
    /// <param name="scale">What gradients are multiplied by.</param>
    /// <param name="add">Whether to add.</param>
    /// <returns>Σ weight × l.</returns>
    private protected abstract double Compute(float* dz, Frame frame, Node label, Node weight, float scale, bool add);
}
