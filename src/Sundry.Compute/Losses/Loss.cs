namespace Sundry.Compute;

/// <summary>
/// What one task wants to be small: Σ weight × loss over the rows, computed from logits. A row of weight 0 is left out, whatever its label
/// (which may then be NaN).
/// </summary>
public abstract unsafe class Loss
{
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
    internal virtual IReadOnlyList<Node> Inputs => [Prediction, Label, Weight];

    /// <summary>Its place in the graph's list of losses.</summary>
    internal int Index { get; set; }

    /// <summary>Σ weight × l; what it says of the prediction is kept for <see cref="Gradient"/>.</summary>
    internal double Value(Frame frame) => Compute(frame.Slopes(this), frame);

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
    /// <returns>Σ weight × l.</returns>
    private protected abstract double Compute(float* slopes, Frame frame);
}
