using System.Text;

namespace Sundry.Data;

/// <summary>How C# names are written in the configuration: <c>MinCount</c> as <c>min_count</c>.</summary>
public static class ConfigWords
{
    /// <summary>The word of an enumeration's value.</summary>
    public static string Of(Enum value) => Of(value.ToString());

    /// <summary>The key of a property's name.</summary>
    public static string Of(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        for (int i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && i > 0 && !char.IsUpper(name[i - 1])) text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }
}
