using System.Collections.Immutable;
using System.Reflection;

namespace Sundry.Training;

/// <summary>The balancers that a configuration can name: those of this assembly, and those that a program adds.</summary>
public static class Balancers
{
    // replaced whole when a program adds one, so that others may look at it meanwhile
    private static ImmutableSortedDictionary<string, Entry> s_all;

    static Balancers()
    {
        var all = ImmutableSortedDictionary.CreateBuilder<string, Entry>(StringComparer.Ordinal);
        foreach (var type in typeof(Balancers).Assembly.GetTypes())
        {
            if (type.GetCustomAttribute<BalancerAttribute>() is not { } word) continue;
            var takesSetup = type.GetConstructor([typeof(BalancingSetup)]) is not null;
            all.Add(word.Name, new(
                setup => setup.Tasks.Count == 1 && !word.ServesOne ? new EqualBalancer() : (IBalancer)Activator.CreateInstance(type, BindingFlags.DoNotWrapExceptions | BindingFlags.Public | BindingFlags.Instance, null, takesSetup ? [setup] : [], null)!, word, typeof(IGradientBalancer).IsAssignableFrom(type)));
        }

        s_all = all.ToImmutable();
    }

    /// <summary>Their names, in order.</summary>
    public static IReadOnlyCollection<string> Names => [.. s_all.Keys];

    /// <summary>The names of those that look at gradients, in order.</summary>
    public static IReadOnlyCollection<string> OfGradients => [.. s_all.Where(e => e.Value.OfGradients).Select(e => e.Key)];

    /// <summary>Adds a balancer under a name of its own. It takes task weights and any losses; of the settings it may read all.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public static void Add(string name, Func<BalancingSetup, IBalancer> create) => ImmutableInterlocked.Update(ref s_all, all => all.Add(name, new(create, null, false)));

    /// <summary>A new instance of the balancer that the setup's options name; for a single task the identity, where the method needs two.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    public static IBalancer Create(BalancingSetup setup) => s_all[setup.Options.Method].Create(setup);

    /// <summary>What is declared of a balancer; null for one that a program has added, and for an unknown name.</summary>
    public static BalancerAttribute? Find(string name) => s_all.TryGetValue(name, out var entry) ? entry.Word : null;

    private sealed record Entry(Func<BalancingSetup, IBalancer> Create, BalancerAttribute? Word, bool OfGradients);
}
