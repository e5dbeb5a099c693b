using Sundry.Compute;

namespace Sundry.Tests;

/// <summary>y = x, or an exception for the shards that it is told to fail for.</summary>
internal sealed unsafe class FailingOp(Node x) : Op(x.Width, x.Groups, [x])
{
    public Func<Frame, bool>? Fails { get; set; }

    public override void Forward(Frame frame)
    {
        Try(frame);
        new ReadOnlySpan<float>(frame.Value(x), frame.Rows * Width).CopyTo(new Span<float>(frame.Value(Output), frame.Rows * Width));
    }

    public override void Backward(Frame frame)
    {
        Try(frame);
        new ReadOnlySpan<float>(frame.Gradient(Output), frame.Rows * Width).CopyTo(new Span<float>(frame.Contribute(x, out _), frame.Rows * Width));
    }

    private void Try(Frame frame)
    {
        if (Fails?.Invoke(frame) == true) throw new InvalidOperationException("told to");
    }
}
