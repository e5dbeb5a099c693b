namespace Sundry.Data;

/// <summary>Looks columns up by name.</summary>
internal static class HeaderSearch
{
    /// <summary>The column's place, or -1.</summary>
    public static int IndexOf(this IReadOnlyList<string> header, string name)
    {
        for (int i = 0; i < header.Count; i++)
            if (string.Equals(header[i], name, StringComparison.Ordinal)) return i;
        return -1;
    }

    /// <summary>The column's place.</summary>
    /// <exception cref="InputException">The table has no such column.</exception>
    public static int Require(this IReadOnlyList<string> header, string name, string file, string role)
    {
        int place = header.IndexOf(name);
        if (place >= 0) return place;
        var near = NearestName.Of(name, header);
        throw new InputException($"the column '{name}', {role}, is not in this file; {(near is null ? "its columns are " + List(header) : $"did you mean '{near}'?")}", file);
    }

    private static string List(IReadOnlyList<string> header)
    {
        int shown = Math.Min(header.Count, 12);
        var names = string.Join(", ", header.Take(shown));
        return shown < header.Count ? $"{names} and {header.Count - shown} more" : names;
    }
}
