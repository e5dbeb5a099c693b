using System.Diagnostics;
using System.Globalization;

namespace Sundry.Data;

/// <summary>
/// The folders of prepared data in a cache: one a key, whole or absent. They are filled under another name and renamed; what a killed process left
/// is cleared away by the next.
/// </summary>
internal sealed class PreparedFolder
{
    private const string Partial = ".partial";
    private const int Kept = 4;

    private static int s_count;

    private readonly string _cache;
    private readonly string _key;

    public PreparedFolder(string cache, string key)
    {
        _cache = cache;
        _key = key;
        Final = Path.Combine(cache, key);
    }

    /// <summary>The finished folder.</summary>
    public string Final { get; }

    /// <summary>Creates an empty folder to be filled.</summary>
    /// <exception cref="InputException">The cache cannot be written to.</exception>
    public string Begin()
    {
        try
        {
            Directory.CreateDirectory(_cache);
            var ignore = Path.Combine(_cache, ".gitignore");
            if (!File.Exists(ignore)) File.WriteAllText(ignore, "*\n");
            Clear();
            var folder = Path.Combine(_cache, string.Create(CultureInfo.InvariantCulture, $"{_key}.{Environment.ProcessId}-{Interlocked.Increment(ref s_count)}{Partial}"));
            Directory.CreateDirectory(folder);
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refused(e, _cache);
        }
    }

    /// <summary>Gives a filled folder its final name; one that is there already is replaced.</summary>
    public void Finish(string folder)
    {
        if (Directory.Exists(Final)) Directory.Delete(Final, recursive: true);
        Directory.Move(folder, Final);
        Prune();
    }

    /// <summary>What a failure to write means to the user.</summary>
    public static InputException Refused(Exception error, string folder)
    {
        // ENOSPC, EDQUOT, and Windows' two words for a full disk
        bool full = error is IOException { HResult: 28 or 122 or unchecked((int)0x80070070) or unchecked((int)0x80070027) };
        return full
            ? new InputException("the disk is full; make room, or name another folder as data.cache", folder, inner: error)
            : new InputException($"the folder of prepared data cannot be written ({error.Message.TrimEnd('.')}); name another as data.cache", folder, inner: error);
    }

    // folders that a process filled which is no more
    private void Clear()
    {
        foreach (var folder in Directory.EnumerateDirectories(_cache, "*" + Partial))
        {
            var name = Path.GetFileName(folder);
            int dot = name.IndexOf('.');
            int dash = name.IndexOf('-', Math.Max(0, dot));
            if (dot < 0 || dash < 0 || !int.TryParse(name.AsSpan(dot + 1, dash - dot - 1), out int process)) continue;
            if (process != Environment.ProcessId && !IsRunning(process)) TryDelete(folder);
        }
    }

    private static bool IsRunning(int process)
    {
        try
        {
            using var running = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    // a configuration in the making is changed often, and each change leaves a folder
    private void Prune()
    {
        var folders = new List<DirectoryInfo>();
        foreach (var folder in new DirectoryInfo(_cache).EnumerateDirectories())
            if (folder.Name.Length == _key.Length && folder.Name.All(char.IsAsciiHexDigitLower)) folders.Add(folder);
        folders.Sort(static (a, b) => b.LastWriteTimeUtc.CompareTo(a.LastWriteTimeUtc));
        for (int i = Kept; i < folders.Count; i++)
            if (folders[i].Name != _key) TryDelete(folders[i].FullName);
    }

    /// <summary>Deletes a folder, or leaves it to the next process where another holds it.</summary>
    public static void TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // it is found again by the next process
        }
    }
}
