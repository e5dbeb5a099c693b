namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>
    /// How far the equal blocks of a parameter lie apart, Σ_{t&lt;s} ‖W_t − W_s‖², the same for every row: [rows, 1]; 0 in inference. As a penalty it draws
    /// the weights of several networks towards each other.
    /// </summary>
    /// <exception cref="ArgumentException">The parameter cannot be divided into so many blocks.</exception>
    public static Node Distance(Graph graph, Parameter parameter, int blocks) => parameter.Rows % blocks == 0
        ? graph.Add(new DistanceOp(parameter, blocks))
        : throw new ArgumentException($"'{parameter.Name}' of {parameter.Rows} rows cannot be divided into {blocks} equal blocks", nameof(blocks));
}

/// <summary>y = T Σ_t ‖W_t − mean W‖², which is the sum over pairs; dW_t = 2 T (W_t − mean W) Σ dy.</summary>
internal sealed unsafe class DistanceOp(Parameter weight, int blocks) : Op(1, 1, [])
{
    public int Blocks => blocks;

    private readonly Parameter[] _parameters = [weight];
    private readonly int _length = weight.Length / blocks;

    public override ReadOnlySpan<Parameter> Parameters => _parameters;

    public override void Forward(Frame frame)
    {
        var sum = 0.0;
        for (var i = 0; frame.Training && frame.Rows > 0 && i < _length; i++)
        {
            var mean = Mean(frame, i);
            for (var t = 0; t < blocks; t++)
            {
                var apart = frame.Weights(weight)[t * _length + i] - mean;
                sum += apart * apart;
            }
        }

        Elementwise.Fill(frame.Value(Output), (float)(blocks * sum), frame.Rows);
    }

    public override void Backward(Frame frame)
    {
        var dw = frame.Contribute(weight, out var add);
        var pull = 0.0;
        for (var r = 0; r < frame.Rows; r++) pull += frame.Gradient(Output)[r];
        pull *= 2 * blocks;
        for (var i = 0; i < _length; i++)
        {
            var mean = Mean(frame, i);
            for (var t = 0; t < blocks; t++)
            {
                var at = t * _length + i;
                var d = (float)(pull * (frame.Weights(weight)[at] - mean));
                dw[at] = add ? dw[at] + d : d;
            }
        }
    }

    private double Mean(Frame frame, int i)
    {
        var sum = 0.0;
        for (var t = 0; t < blocks; t++) sum += frame.Weights(weight)[t * _length + i];
        return sum / blocks;
    }
}
