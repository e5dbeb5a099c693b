using System.Diagnostics;

namespace Sundry.Data;

/// <summary>The public data sets that can be turned into a shop's files.</summary>
public static class DataImports
{
    private static readonly IDataImport[] s_all =
    [
        new MovielensImport(), new RetailrocketImport(), new OnlineRetailImport(), new HillstromImport(), new LastfmImport(),
        new ClothingReviewsImport(), new TaobaoImport(), new CensusImport(), new GenericImport(),
    ];

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_all.Select(import => import.Name)];

    /// <summary>For each the files that it takes.</summary>
    public static IReadOnlyList<(string Name, string Files)> Files { get; } = [.. s_all.Select(import => (import.Name, import.Files))];

    /// <summary>Imports a data set. The folder appears under its name only when it is whole.</summary>
    /// <param name="request">What, from where, to where.</param>
    /// <param name="progress">Hears of it every few thousand rows, on this thread.</param>
    /// <param name="cancel">Ends it; nothing is left behind.</param>
    /// <exception cref="InputException">The name is unknown, the folder exists, or the source's files cannot be used; nothing is left behind.</exception>
    public static ImportSummary Run(ImportRequest request, IProgress<PrepareProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var import = Array.Find(s_all, known => known.Name == request.Name)
            ?? throw new InputException($"there is no import '{request.Name}'{NearestName.Ask(request.Name, Names)} (they are {string.Join(", ", Names)})");
        if (!Path.Exists(request.Source)) throw new InputException($"there is no such folder or file; give where the files of {request.Name} are ({import.Files})", request.Source);
        if (Path.Exists(request.Folder)) throw new InputException("the output folder exists already; name one that does not, or remove it first", request.Folder);
        var watch = Stopwatch.StartNew();
        var final = Path.TrimEndingDirectorySeparator(Path.GetFullPath(request.Folder));
        var partial = final + ".partial";
        try
        {
            if (Directory.Exists(partial)) Directory.Delete(partial, recursive: true);     // left by a run that was killed
            Directory.CreateDirectory(partial);
            var job = new ImportJob(import, request, partial, progress, cancel);
            import.Write(job);
            cancel.ThrowIfCancellationRequested();
            Directory.Move(partial, final);
            return job.Summary(final, watch.Elapsed.TotalSeconds);
        }
        catch (Exception e)
        {
            PreparedFolder.TryDelete(partial);
            if (e is IOException or UnauthorizedAccessException) throw new InputException($"a file cannot be read or written ({e.Message.TrimEnd('.')}); check permissions and free space, or name another folder", request.Folder, inner: e);
            throw;
        }
    }
}
