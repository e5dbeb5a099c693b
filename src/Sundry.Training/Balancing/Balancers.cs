using System.Reflection;

namespace Sundry.Training;

/// <summary>The balancers that a configuration can name: those of this assembly, and those that a program adds.</summary>
public static class Balancers
{
    private static readonly SortedDictionary<string, Func<IBalancer>> s_all = new(StringComparer.Ordinal);

    static Balancers()
    {
        foreach (var type in typeof(Balancers).Assembly.GetTypes())
            if (type.GetCustomAttribute<BalancerAttribute>() is { } word)
                s_all.Add(word.Name, () => (IBalancer)Activator.CreateInstance(type)!);
    }

    /// <summary>Their names, in order.</summary>
    public static IReadOnlyCollection<string> Names => s_all.Keys;

    /// <summary>Adds a balancer under a name of its own.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public static void Add(string name, Func<IBalancer> create) => s_all.Add(name, create);

    /// <summary>A new instance of the balancer called <paramref name="name"/>.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    public static IBalancer Create(string name) => s_all[name]();
}
