using System.Security.Cryptography;
using System.Text.Json;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>The files of a bundle with their lengths and SHA-256.</summary>
/// <param name="Format">The version of the bundle's format.</param>
/// <param name="Files">By file name.</param>
internal sealed record Manifest(int Format, SortedDictionary<string, Manifest.Entry> Files)
{
    public const string FileName = "manifest.json";

    private const long LongestManifest = 1 << 20;

    /// <summary>Checks every file of the bundle in <paramref name="folder"/> against its manifest.</summary>
    /// <exception cref="InputException">A file is missing, changed or of another version.</exception>
    public static Manifest Check(string folder, IReadOnlyList<string> needed)
    {
        if (!Directory.Exists(folder))
            throw new InputException(File.Exists(folder) ? "this is a file; give the model's folder" : "there is no such folder; give a model folder that 'sundry train' wrote", folder);
        var manifest = Read(Path.Combine(folder, FileName));
        if (manifest.Format != Bundle.FormatVersion)
            throw new InputException($"it is a bundle of version {manifest.Format}, this program reads version {Bundle.FormatVersion}; use the program that wrote it or train again", folder);
        foreach (var name in needed)
            if (!manifest.Files.ContainsKey(name))
                throw new InputException($"its manifest does not name {name}; copy the whole model folder again", folder);
        foreach (var (name, entry) in manifest.Files)
            Check(folder, name, entry);
        return manifest;
    }

    private static Manifest Read(string file)
    {
        if (!File.Exists(file))
            throw new InputException("this file is missing, so the folder is not a whole model; give a folder that 'sundry train' wrote", file);
        if (new FileInfo(file).Length > LongestManifest)
            throw new InputException("it is too long for a manifest; copy the whole model folder again", file);
        try
        {
            using var stream = File.OpenRead(file);
            return JsonSerializer.Deserialize<Manifest>(stream, BundleJson.Options) is { Files: not null } manifest
                ? manifest
                : throw new JsonException("it is empty");
        }
        catch (JsonException e)
        {
            throw new InputException($"it cannot be read ({e.Message.TrimEnd('.')}); copy the whole model folder again", file, inner: e);
        }
    }

    private static void Check(string folder, string name, Entry entry)
    {
        if (entry is not { Bytes: >= 0, Sha256: not null })
            throw new InputException($"its manifest says nothing of '{name}'; copy the whole model folder again", folder);
        if (name != Path.GetFileName(name) || name.Length == 0)
            throw new InputException($"its manifest names '{name}', which is not a plain file name; copy the whole model folder again", folder);
        var file = Path.Combine(folder, name);
        if (!File.Exists(file)) throw new InputException("this file of the model is missing; copy the whole model folder again", file);
        using var stream = File.OpenRead(file);
        if (stream.Length != entry.Bytes)
            throw new InputException($"it has {stream.Length} bytes instead of {entry.Bytes}, so it was cut short or changed; copy the model again", file);
        if (!string.Equals(Convert.ToHexStringLower(SHA256.HashData(stream)), entry.Sha256, StringComparison.Ordinal))
            throw new InputException("its SHA-256 is not the manifest's, so it was changed or damaged; copy the model again", file);
    }

    /// <summary>One file.</summary>
    internal sealed record Entry(long Bytes, string Sha256);
}
