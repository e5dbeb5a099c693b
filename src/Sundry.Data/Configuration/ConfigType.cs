using System.Collections.Concurrent;
using System.Reflection;

namespace Sundry.Data;

/// <summary>What an option's type is to the configuration, found once by reflection.</summary>
internal sealed class ConfigType
{
    private static readonly ConcurrentDictionary<Type, ConfigType> s_types = new();
    private readonly Type _type;

    private ConfigType(Type type)
    {
        _type = type;
        if (IsScalar(type))
        {
            Shape = ConfigShape.Scalar;
        }
        else if (type.IsArray)
        {
            Shape = ConfigShape.List;
            Element = type.GetElementType();
        }
        else if (type.IsGenericType && type.GetGenericArguments() is [var item] && type.IsAssignableFrom(typeof(List<>).MakeGenericType(item)))
        {
            Shape = ConfigShape.List;
            Element = item;
        }
        else if (type.IsGenericType && type.GetGenericArguments() is [var key, var value] && key == typeof(string)
            && type.IsAssignableFrom(typeof(OrderedDictionary<,>).MakeGenericType(key, value)))
        {
            Shape = ConfigShape.Dictionary;
            Element = value;
        }
        else if (type.IsClass && type.GetConstructor(Type.EmptyTypes) is not null)
        {
            Shape = ConfigShape.Options;
            Properties = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is { IsPublic: true }).Select(property => new ConfigProperty(property))];
            var shorthand = type.GetCustomAttribute<ConfigShorthandAttribute>()?.Properties ?? [];
            Shorthand = [.. shorthand.Select(name => Properties.Single(property => property.Name == name))];
        }
        else
        {
            throw new NotSupportedException($"{type} cannot be an option");
        }
    }

    public ConfigShape Shape { get; }

    /// <summary>The type of a list's items or of a dictionary's values.</summary>
    public Type? Element { get; }

    /// <summary>The keys of an option class, in the order of declaration.</summary>
    public IReadOnlyList<ConfigProperty> Properties { get; } = [];

    /// <summary>The properties of an option class that its short forms set.</summary>
    public IReadOnlyList<ConfigProperty> Shorthand { get; } = [];

    /// <summary>The one of <see cref="Shorthand"/> that a map of other keys than the class's belongs to.</summary>
    public ConfigProperty? MapShorthand => Shorthand.FirstOrDefault(property => Of(property.Type).Shape == ConfigShape.Dictionary);

    public static ConfigType Of(Type type) => s_types.GetOrAdd(type, static type => new ConfigType(type));

    public ConfigProperty? Find(string key) => Properties.FirstOrDefault(property => property.Key == key);

    public object New() => Activator.CreateInstance(Shape == ConfigShape.Dictionary ? typeof(OrderedDictionary<,>).MakeGenericType(typeof(string), Element!) : _type)!;

    /// <summary>The words of an enumeration, in the order of its values.</summary>
    public static IReadOnlyList<string> WordsOf(Type type) => [.. Enum.GetNames(type).Select(ConfigWords.Of)];

    private static bool IsScalar(Type type) => type.IsEnum || type == typeof(string) || type == typeof(bool) || type == typeof(Share)
        || type == typeof(int) || type == typeof(long) || type == typeof(ulong) || type == typeof(double) || type == typeof(float);
}
