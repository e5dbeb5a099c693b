using System.Security.Cryptography;
using System.Text.Json;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>A bundle under construction, in a folder beside its place; <see cref="Commit"/> gives it its name, anything else leaves nothing behind.</summary>
internal sealed class BundleFolder : IDisposable
{
    private readonly string _place;
    private readonly string _draft;
    private readonly bool _overwrite;
    private readonly SortedDictionary<string, Manifest.Entry> _files = new(StringComparer.Ordinal);
    private bool _committed;

    public BundleFolder(string place, bool overwrite)
    {
        _place = Path.GetFullPath(place).TrimEnd(Path.DirectorySeparatorChar);
        _draft = $"{_place}.{Environment.ProcessId}.draft";
        _overwrite = overwrite;
        Refuse(_place, overwrite);
        Guarded(() =>
        {
            if (Directory.Exists(_draft)) Directory.Delete(_draft, recursive: true);
            Directory.CreateDirectory(_draft);
        });
    }

    /// <summary>Refuses a place that is taken by anything that may not be replaced.</summary>
    /// <exception cref="InputException">It is.</exception>
    public static void Refuse(string place, bool overwrite)
    {
        if (File.Exists(place)) throw new InputException("the output folder is a file; give another --out", place);
        if (!Directory.Exists(place) || !Directory.EnumerateFileSystemEntries(place).Any()) return;
        if (!overwrite) throw new InputException("the output folder exists; give another --out, or --force to replace the model in it", place);
        if (!File.Exists(Path.Combine(place, Manifest.FileName)))
            throw new InputException("the output folder exists and holds no model, so --force will not replace it; give another --out", place);
    }

    public void Write(string name, Action<Stream> write) => Guarded(() =>
    {
        var file = Path.Combine(_draft, name);
        using (var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 20))
        {
            write(stream);
            stream.Flush(flushToDisk: true);
        }

        using var written = File.OpenRead(file);
        _files[name] = new Manifest.Entry(written.Length, Convert.ToHexStringLower(SHA256.HashData(written)));
    });

    /// <summary>Copies what stands in the place so far: the manifest's files, and those that were laid beside them.</summary>
    public void TakeOver(string except) => Guarded(() =>
    {
        var known = Manifest.Check(_place, []);
        foreach (var file in Directory.GetFiles(_place))
        {
            var name = Path.GetFileName(file);
            if (name == except || name == Manifest.FileName) continue;
            File.Copy(file, Path.Combine(_draft, name));
            if (known.Files.TryGetValue(name, out var entry)) _files[name] = entry;
        }

        foreach (var folder in Directory.GetDirectories(_place)) CopyFolder(folder, Path.Combine(_draft, Path.GetFileName(folder)));
    });

    public void Commit()
    {
        Write(Manifest.FileName, stream => JsonSerializer.Serialize(stream, new Manifest(Bundle.FormatVersion, _files), BundleJson.Options));
        Refuse(_place, _overwrite);
        Guarded(() =>
        {
            var old = $"{_place}.{Environment.ProcessId}.old";
            if (Directory.Exists(_place)) Directory.Move(_place, old);
            Directory.Move(_draft, _place);
            _committed = true;
            if (Directory.Exists(old)) Directory.Delete(old, recursive: true);
        });
    }

    public void Dispose()
    {
        if (!_committed && Directory.Exists(_draft)) Directory.Delete(_draft, recursive: true);
    }

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.GetDirectories(from)) CopyFolder(folder, Path.Combine(to, Path.GetFileName(folder)));
    }

    private void Guarded(Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"the model cannot be written ({e.Message.TrimEnd('.')}); free space or give another --out", _place, inner: e);
        }
    }
}
