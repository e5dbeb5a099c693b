using System.Reflection;

namespace Sundry.Models;

/// <summary>The architectures that a configuration can name: those of this assembly, and those that a program adds.</summary>
public static class Architectures
{
    private static readonly SortedDictionary<string, Func<IArchitecture>> s_all = new(StringComparer.Ordinal);

    static Architectures()
    {
        foreach (var type in typeof(Architectures).Assembly.GetTypes())
            if (type.GetCustomAttribute<ArchitectureAttribute>() is { } word)
                s_all.Add(word.Name, () => (IArchitecture)Activator.CreateInstance(type)!);
    }

    /// <summary>Their names, in order.</summary>
    public static IReadOnlyCollection<string> Names => s_all.Keys;

    /// <summary>Adds an architecture under a name of its own.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public static void Add(string name, Func<IArchitecture> create) => s_all.Add(name, create);

    /// <summary>A new instance of the architecture called <paramref name="name"/>.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    public static IArchitecture Create(string name) => s_all[name]();
}
