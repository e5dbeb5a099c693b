namespace Sundry.Compute;

/// <summary>The mean of a node over the rows: what turns a value that should be small into a term of the loss.</summary>
public sealed unsafe class MeanValue : Loss
{
    /// <summary>Adds the term to the graph.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">[rows, 1].</param>
    /// <param name="share">Input: each row's share of the mean.</param>
    public MeanValue(string name, Node value, Node share)
        : base(name, value, share, share)
    {
        if (value.Width != 1) throw new ArgumentException($"loss '{name}' takes one float a row, not {value.Width}", nameof(value));
    }

    private protected override double Compute(float* slopes, Frame frame, Node label, Node weight)
    {
        var sum = 0.0;
        for (var r = 0; r < frame.Rows; r++)
        {
            var share = frame.Value(weight)[r];
            sum += share * (double)frame.Value(Prediction)[r];
            slopes[r] = share;
        }

        return sum;
    }
}
