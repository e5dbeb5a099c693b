using System.Text;

namespace Sundry.Data;

/// <summary>
/// Reads a YAML configuration into option classes: plain classes whose properties hold the defaults. Keys are the properties' names in snake_case, enumerations are their words in snake_case, a list of one may be written
/// without brackets, and <c>[ConfigShorthand]</c>, <c>[ConfigNull]</c>, <c>[Range]</c>, <c>[AllowedValues]</c>, <c>[Required]</c> and <see cref="IConfigChecked"/> say the rest.
/// </summary>
public static class ConfigReader
{
    /// <summary>Reads the configuration in <paramref name="yaml"/>.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="path">The file's name, for messages.</param>
    /// <param name="set">Overrides in order: a path such as <c>training.epochs</c>, and a value in YAML.</param>
    /// <exception cref="InputException">Anything in the text is wrong; with line and column.</exception>
    public static T Read<T>(string yaml, string path, IReadOnlyList<KeyValuePair<string, string>>? set = null)
        where T : new()
    {
        var node = ConfigParser.Parse(yaml, path) ?? throw new InputException("the configuration is empty; 'sundry init FILE' writes one", path);
        if (set is { Count: > 0 })
        {
            var root = node as ConfigNode.Map ?? ConfigBinder.Expand(ConfigType.Of(typeof(T)), node, "");
            foreach (var (key, value) in set) ConfigOverrides.Apply(typeof(T), root, key, value);
            node = root;
        }

        return (T)ConfigBinder.Bind(typeof(T), node, "");
    }

    /// <summary>Reads the configuration file <paramref name="path"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="set">Overrides in order: a path such as <c>training.epochs</c>, and a value in YAML.</param>
    /// <exception cref="InputException">The file is missing, is a folder, is not UTF-8, or anything in it is wrong.</exception>
    public static T ReadFile<T>(string path, IReadOnlyList<KeyValuePair<string, string>>? set = null)
        where T : new() => Read<T>(Text(path), path, set);

    /// <summary>
    /// Reads a configuration file that may hold another program's keys beside its own, so that one file configures both: keys that <typeparamref name="T"/> does not have and
    /// <typeparamref name="TBeside"/> has are that one's. Both are checked; where no key of the other is there, it is left out.
    /// </summary>
    /// <typeparam name="T">The option class that is read.</typeparam>
    /// <typeparam name="TBeside">The option class that may stand beside it.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="set">Overrides in order, of either.</param>
    /// <exception cref="InputException">The file is missing, is a folder, is not UTF-8, or anything in it is wrong.</exception>
    public static T ReadFile<T, TBeside>(string path, IReadOnlyList<KeyValuePair<string, string>>? set = null)
        where T : new()
        where TBeside : new()
    {
        var text = Text(path);
        if (ConfigParser.Parse(text, path) is not ConfigNode.Map root) return Read<T>(text, path, set);
        var (own, other) = (ConfigType.Of(typeof(T)), ConfigType.Of(typeof(TBeside)));
        bool IsBeside(string key) => own.Find(key) is null && other.Find(key) is not null;
        var beside = new ConfigNode.Map(root.Place);
        foreach (var (key, entry) in root.Entries)
            if (own.Find(key) is null && other.Find(key) is null) throw ConfigBinder.Unknown([own, other], key, entry.KeyPlace);
        foreach (var (key, value) in set ?? [])
        {
            bool isBeside = IsBeside(key.Split('.')[0]);
            ConfigOverrides.Apply(isBeside ? typeof(TBeside) : typeof(T), root, key, value);
        }

        foreach (var (key, entry) in root.Entries.Where(entry => IsBeside(entry.Key)).ToList())
        {
            beside.Entries.Add(key, entry);
            root.Entries.Remove(key);
        }

        if (beside.Entries.Count > 0) ConfigBinder.Bind(typeof(TBeside), beside, "");
        return (T)ConfigBinder.Bind(typeof(T), root, "");
    }

    /// <summary>Reads one section of the configuration file <paramref name="path"/>, whatever the others hold.</summary>
    /// <typeparam name="TRoot">The option class of the whole file.</typeparam>
    /// <typeparam name="T">The option class of the section.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="key">The section's key.</param>
    /// <param name="set">Overrides in order, paths starting at the file's root.</param>
    /// <exception cref="InputException">The file is missing, is a folder, is not UTF-8, lacks the section, or anything in the section is wrong.</exception>
    public static T ReadSection<TRoot, T>(string path, string key, IReadOnlyList<KeyValuePair<string, string>>? set = null)
        where T : new()
    {
        var node = ConfigParser.Parse(Text(path), path) ?? throw new InputException("the configuration is empty; 'sundry init FILE' writes one", path);
        if (node is not ConfigNode.Map root) throw node.Place.Wrong($"the configuration takes a map of keys, not {node.Noun}");
        foreach (var (at, value) in set ?? []) ConfigOverrides.Apply(typeof(TRoot), root, at, value);
        if (!root.Entries.TryGetValue(key, out var section)) throw root.Place.Wrong($"the configuration lacks the key '{key}'; add it");
        return (T)ConfigBinder.Bind(typeof(T), section.Value, key);
    }

    private static string Text(string path)
    {
        if (Directory.Exists(path)) throw new InputException("this is a folder, not a configuration file; name the file in it", path);
        byte[] bytes = [];
        try
        {
            bytes = File.ReadAllBytes(path);
            int start = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, start, bytes.Length - start);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException("there is no such file; 'sundry init FILE' writes a configuration, and -c names another", path, inner: e);
        }
        catch (DecoderFallbackException e)
        {
            int line = 1 + bytes.AsSpan(0, Math.Clamp(e.Index, 0, bytes.Length)).Count((byte)'\n');
            throw new InputException("the text is not UTF-8; save the file in UTF-8", path, line, inner: e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"the file cannot be read ({e.Message})", path, inner: e);
        }
    }
}
