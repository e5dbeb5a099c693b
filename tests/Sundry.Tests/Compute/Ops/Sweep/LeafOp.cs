using Sundry.Compute;

namespace Sundry.Tests;

/// <summary>An input that has a gradient, as if something trained lay before it; or, frozen, one that has none. It may stand in groups.</summary>
internal sealed unsafe class LeafOp(Node x, int groups, bool frozen) : Op(x.Width, groups, [x])
{
    public override bool NeedsGradient => !frozen;

    public override void Forward(Frame frame) =>
        new ReadOnlySpan<float>(frame.Value(x), frame.Rows * Width).CopyTo(new Span<float>(frame.Value(Output), frame.Rows * Width));

    public override void Backward(Frame frame)
    {
    }
}
