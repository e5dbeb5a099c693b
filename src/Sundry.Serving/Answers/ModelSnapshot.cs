using System.Security.Cryptography;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Serving;

/// <summary>A model that answers: an opened bundle, which does not change. It stays open until the last answer that uses it is done.</summary>
public sealed class ModelSnapshot
{
    private readonly Bundle _bundle;

    private ModelSnapshot(Bundle bundle, string folder, DateTimeOffset opened)
    {
        (_bundle, Folder, Opened) = (bundle, folder, opened);
        Uses = new UseCount(bundle.Dispose);
        Heads = [.. bundle.Model.MainHeads.Where(h => h.Task.Source == SourceSchema.Main)];
        if (Heads.Count == 0) throw new InputException("the model has no main task about the rows of data.rows, so that there is nothing to rank items by; train one that has", folder);
        if (bundle.Encoder.RowsOf(SourceSchema.Main) is null) throw new InputException("the model's rows are those of a table, which a shop's events do not fill; train it on a log (data.log)", folder);
        TaskNames = [.. Heads.Select(h => h.Task.Name)];
        Id = $"{bundle.Info.Name}-{Mark(folder)}";
    }

    /// <summary>The model's name and the first half of its files' checksum, by which answers name it.</summary>
    public string Id { get; }

    /// <summary>Where it was opened.</summary>
    public string Folder { get; }

    /// <summary>When it was opened.</summary>
    public DateTimeOffset Opened { get; }

    /// <summary>What the bundle says of it.</summary>
    public BundleInfo Info => _bundle.Info;

    /// <summary>The main tasks, whose outputs answers have.</summary>
    public IReadOnlyList<TaskHead> Heads { get; }

    internal Bundle Bundle => _bundle;

    /// <summary>The vectors of its items; null where it has no row for each, or they were not asked for.</summary>
    internal TableVectors? Vectors { get; private init; }

    /// <summary>[heads] the tasks' names.</summary>
    internal string[] TaskNames { get; }

    /// <summary>Opens a bundle.</summary>
    /// <param name="folder">Where it is.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="vectors">Whether items are looked for by the vectors of its table.</param>
    /// <exception cref="InputException">It is none, is damaged, or ranks no items of a shop.</exception>
    internal static ModelSnapshot Open(string folder, TimeProvider clock, bool vectors = false)
    {
        var bundle = Bundle.Load(folder);
        try
        {
            return new ModelSnapshot(bundle, folder, clock.GetUtcNow()) { Vectors = vectors ? TableVectors.Of(bundle) : null };
        }
        catch
        {
            bundle.Dispose();
            throw;
        }
    }

    /// <summary>Who uses it.</summary>
    internal UseCount Uses { get; }

    private static string Mark(string folder) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, "manifest.json"))))[..12];
}
