using System.IO.Enumeration;

namespace Sundry.Data;

/// <summary>Turns paths and globs into files.</summary>
internal static class SourceFiles
{
    /// <summary>A file and the name that messages call it by.</summary>
    internal readonly record struct Source(string Path, string Name);

    /// <summary>Resolves them in order; a glob's files come in ordinal order, and a file that was named twice comes once.</summary>
    /// <exception cref="InputException">A file is missing or a folder, or a glob matches nothing.</exception>
    public static List<Source> Resolve(IReadOnlyList<string> paths, string? baseDirectory)
    {
        var root = Path.GetFullPath(baseDirectory ?? ".");
        var sources = new List<Source>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            var full = Path.GetFullPath(path, root);
            if (File.Exists(full))
            {
                if (seen.Add(full)) sources.Add(new Source(full, path));
                continue;
            }

            if (Directory.Exists(full)) throw new InputException($"this is a folder; name its files, for example {Path.Combine(path, "*.csv")}", path);
            if (!path.AsSpan().ContainsAny('*', '?')) throw Missing(path, full);
            int before = sources.Count;
            foreach (var match in Glob(full))
            {
                var name = Path.IsPathRooted(path) ? match : Path.GetRelativePath(root, match);
                if (seen.Add(match)) sources.Add(new Source(match, name));
            }

            if (sources.Count == before) throw new InputException($"no file matches this pattern in {root}", path);
        }

        return sources;
    }

    private static InputException Missing(string path, string full)
    {
        var folder = Path.GetDirectoryName(full);
        if (folder is null || !Directory.Exists(folder)) return new InputException($"there is no such file, and no folder {folder}; check the path", path);
        var names = new List<string>();
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            names.Add(Path.GetFileName(file));
            if (names.Count == 1000) break;
        }

        var near = NearestName.Of(Path.GetFileName(full), names);
        return new InputException($"there is no such file in {folder}; {(near is null ? "check the path" : $"did you mean '{near}'?")}", path);
    }

    private static List<string> Glob(string pattern)
    {
        // the folder above the first wildcard is where the search begins
        int wild = pattern.AsSpan().IndexOfAny('*', '?');
        int slash = pattern.LastIndexOf(Path.DirectorySeparatorChar, wild);
        var folder = slash <= 0 ? Path.DirectorySeparatorChar.ToString() : pattern[..slash];
        var found = new List<string>();
        if (Directory.Exists(folder)) Walk(folder, pattern[(slash + 1)..].Split(Path.DirectorySeparatorChar), 0, found);
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    private static void Walk(string folder, string[] parts, int part, List<string> found)
    {
        if (parts[part] == "**")
        {
            if (part + 1 < parts.Length) Walk(folder, parts, part + 1, found);
            else Add(folder, "*", found);
            foreach (var inner in Directory.EnumerateDirectories(folder)) Walk(inner, parts, part, found);
            return;
        }

        if (part == parts.Length - 1)
        {
            Add(folder, parts[part], found);
            return;
        }

        foreach (var inner in Directory.EnumerateDirectories(folder))
            if (FileSystemName.MatchesSimpleExpression(parts[part], Path.GetFileName(inner), ignoreCase: false)) Walk(inner, parts, part + 1, found);
    }

    private static void Add(string folder, string pattern, List<string> found)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
            if (FileSystemName.MatchesSimpleExpression(pattern, Path.GetFileName(file), ignoreCase: false)) found.Add(file);
    }
}
