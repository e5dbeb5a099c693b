using Sundry.Data;

namespace Sundry.Simulator;

/// <summary>A folder of simulated data that appears under its name only when it is whole.</summary>
internal static class WholeFolder
{
    /// <summary>Fills a folder.</summary>
    /// <param name="folder">A folder that does not exist yet.</param>
    /// <param name="fill">Writes into the folder that it is given; where it fails, nothing is left behind.</param>
    /// <exception cref="InputException">The folder exists.</exception>
    public static T Write<T>(string folder, Func<string, T> fill)
    {
        if (Path.Exists(folder)) throw new InputException("exists already; name a folder that does not, or remove it first", folder);
        var final = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var partial = final + ".partial";
        if (Directory.Exists(partial)) Directory.Delete(partial, recursive: true);     // left by a run that was killed
        Directory.CreateDirectory(partial);
        try
        {
            var result = fill(partial);
            Directory.Move(partial, final);
            return result;
        }
        catch
        {
            Directory.Delete(partial, recursive: true);
            throw;
        }
    }
}
