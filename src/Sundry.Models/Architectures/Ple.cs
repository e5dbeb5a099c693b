using Sundry.Compute;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>
/// Progressive layered extraction: own and shared experts, level by level; a task's gate sees its own and the shared experts, the shared
/// gate sees all of them, and each gate reads what the level before gave its side. Tang et al., RecSys 2020.
/// </summary>
[Architecture("ple")]
public class Ple : IArchitecture
{
    /// <inheritdoc/>
    public IReadOnlyList<Node> Share(Builder net, IReadOnlyList<TaskSchema> tasks)
    {
        var options = net.Options.Experts;
        var levels = Levels(options);
        var shared = net.Features();                                            // [B, D]
        var own = tasks.Select(_ => shared).ToArray();                          // per task [B, D]
        for (var level = 0; level < levels; level++)
        {
            var name = $"level{level}";
            var common = net.Experts($"{name}/shared", shared, options.Shared);                                   // [B, S, H]
            var special = tasks.Select((t, i) => net.Experts($"{name}/own/{t.Name}", own[i], options.Own)).ToArray();
            var next = tasks.Select((t, i) => net.Mix($"{name}/{t.Name}", by: own[i], special[i], common)).ToArray();
            // the last level's shared gate would lead nowhere
            if (level < levels - 1)
                shared = net.Mix($"{name}/shared", by: shared, [.. special, common]);
            own = next;
        }

        return own;
    }

    /// <summary>How many levels the options ask for.</summary>
    protected virtual int Levels(ExpertOptions options) => options.Levels;
}
