using System.Runtime.CompilerServices;

namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>Each row's matrix turned: [rows, groups, k] → [rows, k, groups].</summary>
    public Node SwapGroups() => Graph.Add(new SwapGroupsOp(this));
}

/// <summary>y[k, g] = x[g, k].</summary>
internal sealed unsafe class SwapGroupsOp(Node x) : Op(x.Width, x.Width / x.Groups, [x])
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(Frame frame)
    {
        var k = Groups;
        for (var r = 0; r < frame.Rows; r++)
        {
            var from = frame.Value(x) + (long)r * Width;
            var to = frame.Value(Output) + (long)r * Width;
            for (var g = 0; g < x.Groups; g++)
                for (var i = 0; i < k; i++)
                    to[i * x.Groups + g] = from[g * k + i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(Frame frame)
    {
        var dx = frame.Contribute(x, out var add);
        if (dx is null) return;
        var k = Groups;
        for (var r = 0; r < frame.Rows; r++)
        {
            var from = frame.Gradient(Output) + (long)r * Width;
            var to = dx + (long)r * Width;
            for (var g = 0; g < x.Groups; g++)
                for (var i = 0; i < k; i++)
                    to[g * k + i] = from[i * x.Groups + g] + (add ? to[g * k + i] : 0);
        }
    }
}
