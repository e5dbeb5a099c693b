namespace Sundry.EndToEnd.Tests;

/// <summary>A folder of a test's own, gone after it.</summary>
internal sealed class Workplace : IDisposable
{
    /// <summary>The folder's full path.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("sundry-e2e-").FullName;

    /// <summary>The full path of a file or folder in it.</summary>
    public string Path(params string[] names) => System.IO.Path.Combine([Root, .. names]);

    /// <summary>Writes a file in it and gives its name.</summary>
    public string Write(string name, string text)
    {
        File.WriteAllText(Path(name), text);
        return name;
    }

    /// <summary>Names of everything in it, in order.</summary>
    public IReadOnlyList<string> Names() => [.. Directory.EnumerateFileSystemEntries(Root).Select(e => System.IO.Path.GetFileName(e)).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
