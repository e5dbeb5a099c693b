using Sundry.Compute;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>Shared features: what one extractor makes of the features goes, beside features that each task embeds by itself, into a model of the task's own.</summary>
[Architecture("feature")]
public sealed class FeatureSharing : IArchitecture
{
    /// <inheritdoc/>
    public IReadOnlyList<Node> Share(Builder net, IReadOnlyList<TaskSchema> tasks)
    {
        var h = net.Mlp("extractor", net.Features(), net.Options.Bottom);          // [B, H]
        return [.. tasks.Select(t => net.Mlp($"bottom/{t.Name}", net.Read(t, h).Concat(net.Features("own/" + t.Name)), net.Options.Bottom))];
    }
}
