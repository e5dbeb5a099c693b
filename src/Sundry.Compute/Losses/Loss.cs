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
        if (prediction.Tokens is not null)
            throw new ArgumentException($"loss '{name}' is about rows, and '{prediction}' has a row for each id of a bag");
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

    /// <summary>Its place in the graph's list of losses.</summary>
    internal int Index { get; set; }

    /// <summary>Σ weight × l; what it says of the prediction is kept for <see cref="Gradient"/>.</summary>
    internal double Value(Frame frame)
    {
        var slopes = frame.Slopes(this);
        var own = Compute(slopes, frame, Label, Weight);
        if (_otherLabel is null) return own;
        var share = MixupOp.Share(frame, _alpha);
        // the prediction's gradient is not begun before the backward walk
        var room = frame.Gradient(Prediction);
        if (room is null) return share * own + (1 - share) * Compute(slopes, frame, _otherLabel, _otherWeight!);
        var other = Compute(room, frame, _otherLabel, _otherWeight!);
        var length = (long)frame.Rows * Prediction.Width;
        Elementwise.ScaleTo(slopes, slopes, (float)share, length);
        Elementwise.AxpyTo(slopes, room, (float)(1 - share), length);
        return share * own + (1 - share) * other;
    }

    /// <summary>Gives the prediction its gradient, scale × weight × dl/dz.</summary>
    internal void Gradient(Frame frame, float scale)
    {
        var dz = frame.Contribute(Prediction, out var add);
        if (dz is null) return;
        var length = (long)frame.Rows * Prediction.Width;
        if (add) Elementwise.AxpyTo(dz, frame.Slopes(this), scale, length);
        else Elementwise.ScaleTo(dz, frame.Slopes(this), scale, length);
    }

    /// <summary>Puts weight × dl/dz into <paramref name="slopes"/>, [rows, width of the prediction].</summary>
    /// <param name="slopes">Where it goes.</param>
    /// <param name="frame">The shard.</param>
    /// <param name="label">The label of each row.</param>
    /// <param name="weight">The weight of each row.</param>
    /// <returns>Σ weight × l.</returns>
    private protected abstract double Compute(float* slopes, Frame frame, Node label, Node weight);
}
