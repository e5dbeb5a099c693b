using Sundry.Data;

namespace Sundry.Training;

/// <summary>
/// What a search has found so far, one <see cref="KeptFile"/> each, with floats where there are predictions; a search that was stopped goes on from
/// those that are there.
/// </summary>
internal sealed class TuneStore
{
    private const string Owner = "search.json";

    private readonly string _folder;

    /// <summary>Opens the folder of a search.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="fingerprint">Of all that the results depend on.</param>
    /// <param name="resume">Whether what is there may be gone on from.</param>
    /// <exception cref="InputException">There is another search in it, or this one without <paramref name="resume"/>.</exception>
    public TuneStore(string folder, string fingerprint, bool resume)
    {
        _folder = folder;
        if (Read<string>(Owner) is { } owner)
        {
            if (!resume) throw new InputException("the folder holds a search already; give --resume to go on with it, --force to replace it, or another --out", folder);
            if (owner.Head != fingerprint) throw new InputException("the search in this folder belongs to another configuration, objective or other data; undo the change, or give another --out", folder);
        }

        Keep(Owner, fingerprint);
    }

    /// <summary>Goes on with a search of the same fingerprint, and clears away any other.</summary>
    public static TuneStore OpenOrReplace(string folder, string fingerprint)
    {
        if (Directory.Exists(folder) && (!File.Exists(Path.Combine(folder, Owner)) || new TuneStore(folder).Read<string>(Owner)?.Head != fingerprint)) Directory.Delete(folder, recursive: true);
        return new(folder, fingerprint, resume: true);
    }

    /// <summary>Deletes a search; a folder that holds none stays as it is.</summary>
    public static void Delete(string folder)
    {
        if (File.Exists(Path.Combine(folder, Owner))) Directory.Delete(folder, recursive: true);
    }

    private TuneStore(string folder) => _folder = folder;

    /// <summary>The folder of a training's checkpoints.</summary>
    public string WorkFolder(string name) => Path.Combine(_folder, name);

    /// <summary>What was kept under a name; null where there is nothing, or a damaged file.</summary>
    public (T Head, float[][] Values)? Read<T>(string name) => KeptFile.Read<T>(Path.Combine(_folder, name));

    /// <summary>Keeps something under a name.</summary>
    public void Keep<T>(string name, T head, params IReadOnlyList<float[]> values)
    {
        try
        {
            KeptFile.Write(Path.Combine(_folder, name), head, values);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"what a trial came to cannot be written ({e.Message.TrimEnd('.')}); free space, then give the same command again with --resume", _folder, inner: e);
        }
    }
}
