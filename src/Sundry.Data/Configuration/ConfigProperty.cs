using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace Sundry.Data;

/// <summary>One key of an option class, as the reader, the writer and the schema see it.</summary>
internal sealed class ConfigProperty
{
    private readonly PropertyInfo _property;

    public ConfigProperty(PropertyInfo property)
    {
        _property = property;
        Key = ConfigWords.Of(property.Name);
        Description = property.GetCustomAttribute<DescriptionAttribute>()?.Description;
        NullWord = property.GetCustomAttribute<ConfigNullAttribute>()?.Word;
        Required = property.GetCustomAttribute<RequiredAttribute>() is not null;
        Range = property.GetCustomAttribute<RangeAttribute>();
        Words = property.GetCustomAttribute<AllowedValuesAttribute>()?.Values.Select(word => (string)word!).ToArray();
        Nullable = System.Nullable.GetUnderlyingType(property.PropertyType) is not null
            || (!property.PropertyType.IsValueType && new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable);
        Type = System.Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
    }

    /// <summary>The property's name in C#.</summary>
    public string Name => _property.Name;

    /// <summary>The property's name in the configuration.</summary>
    public string Key { get; }

    /// <summary>Its type; of a nullable value, the value's.</summary>
    public Type Type { get; }

    public bool Nullable { get; }

    public string? NullWord { get; }

    public bool Required { get; }

    public string? Description { get; }

    public RangeAttribute? Range { get; }

    /// <summary>The texts that a text may be; null: any.</summary>
    public IReadOnlyList<string>? Words { get; }

    public object? Get(object options) => _property.GetValue(options);

    public void Set(object options, object? value) => _property.SetValue(options, value);
}
