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
            var common = Experts(net, $"{name}/shared", shared, options.Shared, "shared");                                        // [B, S, H]
            var special = tasks.Select((t, i) => Experts(net, $"{name}/own/{t.Name}", own[i], options.Own, t.Name)).ToArray();     // per task [B, M, H]
            var next = tasks.Select((t, i) => net.Mix(t, by: own[i], own: special[i], shared: common, level: level)).ToArray();
            // the last level's shared gate would lead nowhere
            if (level < levels && options.Shared > 0)
                shared = net.MixShared(by: shared, [.. special.SelectMany(s => s), .. common], level);
            own = next;
        }

        return own;
    }

    // a side without experts has no block, rather than an empty one
    private static Node[] Experts(Builder net, string name, Node x, int count, string label) => count == 0 ? [] : [net.Experts(name, x, count, label)];

    /// <summary>How many levels the options ask for.</summary>
    protected virtual int Levels(ExpertOptions options) => options.Levels;
}
