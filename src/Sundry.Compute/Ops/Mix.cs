namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>
    /// Σ_e gate[e] · expert_e: [rows, E] by blocks of experts [rows, E_i, h] with Σ E_i = E → [rows, h]. The gate's columns follow the
    /// order of the blocks.
    /// </summary>
    /// <exception cref="ArgumentException">The experts are not as many as the gate is wide, or differ in width.</exception>
    public Node Mix(params IReadOnlyList<Node> experts)
    {
        if (experts.Count == 0 || experts.Sum(e => e.Groups) != Width)
            throw new ArgumentException($"a gate of {Width} over {experts.Sum(e => e.Groups)} experts", nameof(experts));
        var h = experts[0].Width / experts[0].Groups;
        if (experts.Any(e => e.Width / e.Groups != h))
            throw new ArgumentException("experts that are mixed must be of equal width", nameof(experts));
        return Graph.Add(new MixOp(this, [.. experts], h));
    }
}

/// <summary>z = Σ_e gate[e] · expert_e.</summary>
internal sealed unsafe class MixOp(Node gate, Node[] experts, int width) : Op(width, 1, [gate, .. experts])
{
    public override void Forward(Frame frame)
    {
        var column = 0;
        foreach (var block in experts)
        {
            Mixing.Mix(frame.Value(Output), frame.Value(gate) + column, gate.Width, frame.Value(block), frame.Rows, block.Groups, Width, accumulate: column > 0);
            column += block.Groups;
        }
    }

    public override void Backward(Frame frame)
    {
        var dz = frame.Gradient(Output);
        var dgate = frame.Contribute(gate, out var addGate);
        // a gate that nothing trained lies before still needs a place for the kernel to write
        if (dgate is null) dgate = frame.Saved(this);
        if (!addGate) Elementwise.Fill(dgate, 0, frame.Rows * gate.Width);
        var column = 0;
        foreach (var block in experts)
        {
            var dexperts = frame.Contribute(block, out var add);
            Mixing.MixGradient(dgate + column, gate.Width, dexperts, dz, frame.Value(gate) + column, frame.Value(block), frame.Rows, block.Groups, Width, add);
            column += block.Groups;
        }
    }

    public override int SavedPerRow => gate.NeedsGradient ? 0 : gate.Width;
}
