using Sundry.Compute;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>
/// Shared and task-specific embeddings: every task has tables and experts of its own beside the shared ones; its gate reads the experts of all tasks, but teaches
/// only its own and the shared ones. Su et al., AAAI 2024.
/// </summary>
[Architecture("stem")]
public sealed class Stem : IArchitecture
{
    /// <inheritdoc/>
    public string? Refuse(IReadOnlyList<TaskSchema> tasks, ModelOptions options) =>
        options.Experts.Shared == 0 ? "'stem' has nothing to share without shared experts; set model.experts.shared to 1 or more" : null;

    /// <inheritdoc/>
    public IReadOnlyList<Node> Share(Builder net, IReadOnlyList<TaskSchema> tasks)
    {
        var options = net.Options.Experts;
        var shared = net.Features();                                                                 // [B, D]
        var own = tasks.Select(t => net.Features("own/" + t.Name)).ToArray();                        // per task [B, D]
        for (var level = 1; level <= options.Levels; level++)
        {
            var name = $"level{level}";
            var common = net.Experts($"{name}/shared", shared, options.Shared, "shared");                                                    // [B, S, H]
            var special = tasks.Select((t, i) => options.Own == 0 ? [] : new[] { net.Experts($"{name}/own/{t.Name}", own[i], options.Own, t.Name) }).ToArray();
            var next = tasks.Select((t, i) => net.Mix(
                t, by: own[i].Add(shared),
                own: special[i],
                shared: [common],
                foreign: [.. special.Where((_, s) => s != i).SelectMany(s => s)],
                level)).ToArray();
            // the last level's shared gate would lead nowhere
            if (level < options.Levels)
                shared = net.MixShared(by: shared, [.. special.SelectMany(s => s), common], level);
            own = next;
        }

        return own;
    }
}
