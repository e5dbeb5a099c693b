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
        for (var level = 1; level <= levels; level++)
        {
            var name = $"level{level}";
            Node[] common = options.Shared > 0 ? [net.Experts($"{name}/shared", shared, options.Shared, "shared")] : [];         // [B, S, H]
            var special = tasks.Select((t, i) => Own(net, name, t, own[i])).ToArray();                                          // per task [B, M, H]
            var next = tasks.Select((t, i) => net.Mix(t.Name, by: own[i], [.. special[i], .. common], level)).ToArray();
            // the last level's shared gate would lead nowhere
            if (level < levels && options.Shared > 0)
                shared = net.Mix("shared", by: shared, [.. special.SelectMany(e => e), .. common], level);
            own = next;
        }

        return own;
    }

    /// <summary>How many levels the options ask for.</summary>
    protected virtual int Levels(ExpertOptions options) => options.Levels;

    private static Node[] Own(Builder net, string name, TaskSchema task, Node x) =>
        net.Options.Experts.Own > 0 ? [net.Experts($"{name}/own/{task.Name}", x, net.Options.Experts.Own, task.Name)] : [];
}
