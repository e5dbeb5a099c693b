namespace Sundry.Data;

/// <summary>A key below a property, for rules that span several maps of the user's names: <c>tasks.buy.after</c>.</summary>
public static class ConfigKey
{
    private const char Separator = '\n';

    /// <summary>The key that <paramref name="path"/> leads to from <paramref name="property"/> (its C# name), to be given as a broken rule's property.</summary>
    public static string Under(string property, params ReadOnlySpan<string> path)
    {
        var key = property;
        foreach (var part in path) key += Separator + part;
        return key;
    }

    /// <summary>The property, then the keys below it.</summary>
    internal static string[] Split(string key) => key.Split(Separator);
}
