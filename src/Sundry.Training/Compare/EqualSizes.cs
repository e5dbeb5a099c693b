using Sundry.Data;
using Sundry.Models;

namespace Sundry.Training;

/// <summary>
/// Sizes at which every architecture has about as many dense weights as the configuration's own model, so that none wins by being larger. The
/// widths of bottoms, experts and towers are scaled by one factor; counts of experts, levels and embeddings stay. Weights of embedding tables
/// are not counted: an architecture that keeps one set of them a task would otherwise have to give up layers for rows that it hardly reads.
/// </summary>
public sealed class EqualSizes
{
    /// <summary>How far from the target a model may be and count as equal.</summary>
    public const double Tolerance = 0.05;

    private const double Farthest = 64;
    private const int Steps = 24;

    private readonly Layout _layout;
    private readonly ModelOptions _configured;

    /// <summary>Takes the configuration's own model as the measure.</summary>
    public EqualSizes(Layout layout, ModelOptions configured)
    {
        (_layout, _configured) = (layout, configured);
        Target = Dense(configured);
    }

    /// <summary>Dense weights of the configuration's own model.</summary>
    public long Target { get; }

    /// <summary>The sizes for an architecture; for <c>single_task</c>, at which all tasks' models together have the target's weights.</summary>
    public ModelOptions For(string architecture)
    {
        var own = _configured with { Architecture = architecture };
        if (IsEqual(Dense(own))) return own;
        var (low, high) = (-Math.Log(Farthest), Math.Log(Farthest));
        var best = own;
        for (var step = 0; step < Steps; step++)
        {
            var middle = (low + high) / 2;
            var scaled = Scaled(own, Math.Exp(middle));
            var dense = Dense(scaled);
            if (Math.Abs(dense - Target) < Math.Abs(Dense(best) - Target)) best = scaled;
            if (dense < Target) low = middle;
            else high = middle;
        }

        return best;
    }

    /// <summary>Whether so many weights are as many as the target's.</summary>
    public bool IsEqual(long dense) => Math.Abs(dense - Target) <= Tolerance * Target;

    /// <summary>Dense weights of a model: all that are trained, but for embedding tables.</summary>
    public long Dense(ModelOptions options) => options.Architecture == Contestant.Single
        ? _layout.Tasks.Sum(t => Dense(new MultiTaskModel(_layout, options, [t.Name])))
        : Dense(new MultiTaskModel(_layout, options));

    /// <summary>Dense weights of a model: all that are trained, but for embedding tables.</summary>
    public static long Dense(MultiTaskModel model) => model.Graph.Parameters.Where(p => p.Trainable).Sum(p => (long)p.Length);

    private static ModelOptions Scaled(ModelOptions options, double by) => options with
    {
        Bottom = Scaled(options.Bottom, by),
        Tower = Scaled(options.Tower, by),
        Experts = options.Experts with { Layers = Scaled(options.Experts.Layers, by) },
    };

    private static int[] Scaled(IReadOnlyList<int> layers, double by) => [.. layers.Select(units => (int)Math.Clamp(Math.Round(units * by), 1, 65536))];
}
