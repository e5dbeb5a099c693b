namespace Sundry.Data;

/// <summary>The word that stands for null in the configuration: <c>features: auto</c> binds null to a property marked with "auto".</summary>
/// <param name="word">The word, in lower case.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ConfigNullAttribute(string word) : Attribute
{
    /// <summary>The word, in lower case.</summary>
    public string Word { get; } = word;
}
