namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>A trained vector as a node, the same for every row: [rows, width].</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">The parameter's name; it is [1, width].</param>
    /// <param name="width">Floats a row.</param>
    /// <param name="initializer">Its first values.</param>
    public static Node Broadcast(Graph graph, string name, int width, Initializer initializer) =>
        graph.Add(new BroadcastOp(graph.Parameter(name, 1, width, initializer)));
}

/// <summary>y = w.</summary>
internal sealed unsafe class BroadcastOp(Parameter weight) : Op(weight.Columns, 1, [])
{
    private readonly Parameter[] _parameters = [weight];

    public override ReadOnlySpan<Parameter> Parameters => _parameters;

    public override void Forward(Frame frame)
    {
        for (var r = 0; r < frame.Rows; r++)
            Elementwise.Copy(frame.Value(Output) + (long)r * Width, frame.Weights(weight), Width);
    }

    public override void Backward(Frame frame)
    {
        var dw = frame.Contribute(weight, out var add);
        Elementwise.AddBiasGradient(dw, frame.Gradient(Output), Width, frame.Rows, Width, add);
    }
}
