using Sundry.Data;

namespace Sundry.Cli;

/// <summary>A file that is whole or absent: written under a name of its own and renamed, so that an interrupted run leaves nothing that looks like a result.</summary>
internal static class WholeFile
{
    /// <summary>Writes a file, its folder too where there is none; one that is there already is replaced.</summary>
    /// <exception cref="InputException">It cannot be written.</exception>
    public static T Write<T>(string place, Func<Stream, T> write)
    {
        var draft = $"{place}.{Environment.ProcessId}.draft";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(place))!);
            T result;
            using (var stream = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                result = write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(draft, place, overwrite: true);
            return result;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refused(e, place);
        }
        finally
        {
            if (File.Exists(draft)) File.Delete(draft);
        }
    }

    /// <summary>Writes a text.</summary>
    public static void Write(string place, string text) => Write(place, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true);
        writer.Write(text);
        return 0;
    });

    /// <summary>Refuses a file where a folder of results is to be.</summary>
    /// <exception cref="InputException">It is a file.</exception>
    public static void RefuseFile(string folder)
    {
        if (File.Exists(folder)) throw new InputException("the output folder is a file; give another --out", folder);
    }

    /// <summary>What a failure to write means to the user.</summary>
    public static InputException Refused(Exception error, string place) =>
        new($"it cannot be written ({error.Message.TrimEnd('.')}); free space or give another --out", place, inner: error);
}
