using System.Security.Cryptography;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Serving;

/// <summary>A model that answers: an opened bundle, which does not change. It stays open until the last answer that uses it is done.</summary>
public sealed class ModelSnapshot
{
    /// <summary>The most candidates that a predictor scores at once.</summary>
    internal const int RowsPerRun = 256;

    // about fifteen hundred values of features in front of eight experts of 128; more would not stay in a processor's cache
    private const long Memory = 6 << 20;

    private readonly Bundle _bundle;
    private readonly Lock _making = new();
    // all others are twins of it
    private (Predictor Predictor, string[] Shared)? _first;

    private ModelSnapshot(Bundle bundle, string folder, DateTimeOffset opened)
    {
        (_bundle, Folder, Opened) = (bundle, folder, opened);
        Uses = new UseCount(Close);
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

    /// <summary>A predictor of the main tasks. All that share the same columns are twins, with one copy of what is made of the weights.</summary>
    /// <param name="shared">Columns that are the same for all candidates of a request.</param>
    internal Predictor NewPredictor(IReadOnlyList<string> shared)
    {
        lock (_making)
        {
            _first ??= (Make(shared), [.. shared]);
            return _first.Value.Shared.SequenceEqual(shared) ? _first.Value.Predictor.Twin() : Make(shared);
        }
    }

    private Predictor Make(IReadOnlyList<string> shared) => new(_bundle.Model, _bundle.Store, RowsPerRun, threads: 1, shared, Heads, Memory);

    private void Close()
    {
        _first?.Predictor.Dispose();
        _bundle.Dispose();
    }

    private static string Mark(string folder) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, "manifest.json"))))[..12];
}
