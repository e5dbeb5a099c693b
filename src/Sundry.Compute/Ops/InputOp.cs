namespace Sundry.Compute;

/// <summary>A dense input; its value lies in the plan's inputs.</summary>
internal sealed class InputOp(Graph graph, string name, int width) : Op(width, 1, [])
{
    public Graph Graph { get; } = graph;

    public string Name { get; } = name;

    public override bool NeedsGradient => false;

    public override void Forward(Frame frame)
    {
    }

    public override void Backward(Frame frame)
    {
    }
}
