using Sundry.Compute;

namespace Sundry.Tests;

/// <summary>Ops that take each value by itself.</summary>
internal static class PointOps
{
    public static IReadOnlyList<OpCase> All { get; } =
    [
        Of("Relu", x => x.Relu(), x => Math.Max(x, 0)),
        Of("Gelu", x => x.Gelu(), x => x * Twin.NormalCdf(x)),
        Of("Silu", x => x.Silu(), x => x / (1 + Math.Exp(-x))),
        Of("Tanh", x => x.Tanh(), Math.Tanh),
        Of("Sigmoid", x => x.Sigmoid(), x => 1 / (1 + Math.Exp(-x))),
        Of("Scale", x => x.Scale(-1.75), x => -1.75 * x),
        Of("StopGradient", x => x.StopGradient(), x => x) with { Stops = true },
        Of("Softplus", x => x.Softplus(), x => Math.Log(1 + Math.Exp(x))),
        Of("Softplus far out", x => x.Scale(40).Softplus(), x => Math.Max(40 * x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(40 * x)))),
        Of("Reciprocal", x => x.Reciprocal(0.33), x => 1 / Math.Max(x, (float)0.33)),
        Of("SmoothStep", x => x.SmoothStep(), x => Math.Clamp(x, -0.5, 0.5) is var v ? 0.5 + 1.5 * v - 2 * v * v * v : 0),
        new("PRelu", (net, width) => net.Input(width).PRelu("p"),
            v => v.Fill(v.Width(), (r, c) => v.X[r * v.Width() + c] is var x && x > 0 ? x : v.Weights["p/slope"][c] * x)),
    ];

    private static OpCase Of(string name, Func<Node, Node> build, Func<double, double> twin) =>
        new(name, (net, width) => build(net.Input(width)), v => [.. v.X.Select(twin)]);
}
