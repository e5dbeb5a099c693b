using Sundry.Compute;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>Hard sharing: one bottom for all tasks, h = f(x). Caruana, Machine Learning 1997.</summary>
[Architecture("shared_bottom")]
public sealed class SharedBottom : IArchitecture
{
    /// <inheritdoc/>
    public IReadOnlyList<Node> Share(Builder net, IReadOnlyList<TaskSchema> tasks)
    {
        var h = net.Mlp("bottom", net.Features(), net.Options.Bottom);
        return [.. tasks.Select(t => net.Read(t, h))];
    }
}
