namespace Sundry.Serving;

/// <summary>Which texts can be stored, by every database alike.</summary>
internal static class StoredText
{
    /// <summary>What is wrong with a text, or null; a missing one is right.</summary>
    public static string? Problem(string name, string? text, int longest, bool mayBeEmpty = false)
    {
        if (text is null) return null;
        if (text.Length == 0) return mayBeEmpty ? null : $"'{name}' is empty; fill it in or leave it out";
        if (text.Length > longest) return $"'{name}' has {text.Length} characters, and {longest} are the most; shorten it";
        if (text.Contains('\0', StringComparison.Ordinal)) return $"'{name}' holds a character of code 0; leave that out";
        return HasHalfCharacter(text) ? $"'{name}' holds half of a UTF-16 pair; send whole characters" : null;
    }

    /// <summary>Refuses a name that cannot be stored.</summary>
    /// <exception cref="Data.InputException">It is missing or cannot be stored.</exception>
    public static string Name(string name, string? text) =>
        text is null ? throw new Data.InputException($"'{name}' is missing; fill it in")
            : Problem(name, text, EventRules.LongestName) is { } problem ? throw new Data.InputException(problem)
            : text;

    private static bool HasHalfCharacter(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1])) return true;
            i++;
        }

        return false;
    }
}
