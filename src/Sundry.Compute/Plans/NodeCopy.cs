namespace Sundry.Compute;

/// <summary>Puts what the shards hold of a node side by side, in the order of the batch.</summary>
internal static unsafe class NodeCopy
{
    public static void Values(Frame[] frames, Node node, Span<float> destination)
    {
        foreach (var frame in frames)
        {
            var (first, count) = frame.RowsOf(node);
            new ReadOnlySpan<float>(frame.Value(node), count * node.Width).CopyTo(destination[(first * node.Width)..]);
        }
    }

    public static void Gradients(Frame[] frames, Node node, Span<float> destination)
    {
        foreach (var frame in frames)
        {
            var (first, count) = frame.RowsOf(node);
            var part = destination.Slice(first * node.Width, count * node.Width);
            if (frame.Reached(node)) new ReadOnlySpan<float>(frame.Gradient(node), part.Length).CopyTo(part);
            else part.Clear();
        }
    }
}
