namespace Sundry.Compute;

/// <summary>
/// An op that can take in the relu, and the dropout after it, that follow it: its result is then touched once instead of three times. A plan
/// makes such an op by <see cref="Then"/>; the graph itself stays as the model wrote it.
/// </summary>
internal abstract unsafe class ActivatedOp(int width, int groups, ReadOnlySpan<Node> inputs, Activated then) : Op(width, groups, inputs)
{
    /// <summary>What it does to its result before it lets go of it.</summary>
    public Activated Activated { get; } = then;

    /// <summary>The same op with something else at its end.</summary>
    public abstract ActivatedOp Then(Activated then);

    /// <summary>Drops what is to be dropped of a result that has gone through relu.</summary>
    protected void Drop(Frame frame)
    {
        if (!Activated.Drops || !frame.Training) return;
        var y = frame.Value(Output);
        Elementwise.Dropout(y, y, (long)frame.Rows * Width, Activated.Keep, DropoutOp.Key(frame, Output), (long)frame.FirstRow * Width);
    }

    /// <summary>The gradient of the output where relu and dropout let the value through, else 0, in place; the column sums of it go to <paramref name="sums"/> where given.</summary>
    protected float* GradientWithin(Frame frame, float* sums = null, bool addSums = false)
    {
        var dy = frame.Gradient(Output);
        // what was dropped is 0, as is what relu held back: the value tells both
        if (Activated.Relu) Activations.ReluGradientWithin(dy, frame.Value(Output), 1 / Activated.Keep, frame.Rows, Width, sums, addSums);
        else if (sums is not null) Elementwise.AddBiasGradient(sums, dy, Width, frame.Rows, Width, addSums);
        return dy;
    }
}
