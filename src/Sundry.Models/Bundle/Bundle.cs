using System.Text.Json;
using Sundry.Compute;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>
/// A trained model on disk, a folder: <c>model.json</c> (options and tasks), <c>encoder.json</c> (vocabularies), <c>weights.bin</c>, whatever
/// else the trainer adds (metrics, report), and <c>manifest.json</c> with the length and SHA-256 of each. It is written beside its place and renamed: a bundle is
/// whole or absent. Loading checks the manifest before anything is read and runs no code from the files.
/// </summary>
public sealed class Bundle : IDisposable
{
    /// <summary>The version of the format.</summary>
    public const int FormatVersion = 1;

    private const string ModelFile = "model.json";
    private const string EncoderFile = "encoder.json";
    private const string WeightsFile = "weights.bin";

    private Bundle(BundleInfo info, Encoder encoder, MultiTaskModel model, ParameterStore store)
    {
        Info = info;
        Encoder = encoder;
        Model = model;
        Store = store;
    }

    /// <summary>What the model is called and made of.</summary>
    public BundleInfo Info { get; }

    /// <summary>Turns raw rows into the model's inputs.</summary>
    public Encoder Encoder { get; }

    /// <summary>The network.</summary>
    public MultiTaskModel Model { get; }

    /// <summary>Its weights.</summary>
    public ParameterStore Store { get; }

    /// <summary>How its outputs become one ranking; null where that was not asked for.</summary>
    public RankingInfo? Ranking { get; private init; }

    /// <summary>Writes a bundle.</summary>
    /// <param name="folder">Its place.</param>
    /// <param name="info">What the model is called and made of.</param>
    /// <param name="encoder">The encoder that its inputs were made by.</param>
    /// <param name="store">Its weights.</param>
    /// <param name="others">Further files by name, such as metrics and report; written as they are.</param>
    /// <param name="overwrite">Whether a bundle that stands there already is replaced.</param>
    /// <exception cref="InputException">The place is taken, or the disk is full or not writable.</exception>
    public static void Save(string folder, BundleInfo info, Encoder encoder, ParameterStore store, IReadOnlyDictionary<string, byte[]> others, bool overwrite)
    {
        using var place = new BundleFolder(folder, overwrite);
        place.Write(ModelFile, stream => JsonSerializer.Serialize(stream, info, BundleJson.Options));
        place.Write(EncoderFile, encoder.Save);
        place.Write(WeightsFile, stream => WeightFile.Write(stream, store, moments: false));
        foreach (var (name, content) in others)
            place.Write(name, stream => stream.Write(content));
        place.Commit();
    }

    /// <summary>Refuses a place that <see cref="Save"/> would refuse, before any work is done for it.</summary>
    /// <exception cref="InputException">The place is taken.</exception>
    public static void RefusePlace(string folder, bool overwrite) => BundleFolder.Refuse(Path.GetFullPath(folder), overwrite);

    /// <summary>Opens a bundle.</summary>
    /// <exception cref="InputException">It is not there, of another version, cut short, or changed.</exception>
    public static Bundle Load(string folder)
    {
        var manifest = Manifest.Check(folder, [ModelFile, EncoderFile, WeightsFile]);
        var info = Parse(Path.Combine(folder, ModelFile), stream => JsonSerializer.Deserialize<BundleInfo>(stream, BundleJson.Options) ?? throw new JsonException("it is empty"));
        if (info.Format != manifest.Format)
            throw new InputException("it and manifest.json disagree on the version; copy the whole model folder again", Path.Combine(folder, ModelFile));
        var encoder = Parse(Path.Combine(folder, EncoderFile), Encoder.Load);
        var model = new MultiTaskModel(encoder.Layout, Checked(info.Model, Path.Combine(folder, ModelFile)), info.Tasks);
        // before memory is taken for what a changed file may claim
        WeightFile.CheckLength(Path.Combine(folder, WeightsFile), model.Graph);
        var store = ParameterStore.Zeros(model.Graph);
        try
        {
            var weights = Path.Combine(folder, WeightsFile);
            using var stream = new FileStream(weights, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
            WeightFile.Read(stream, store, weights);
            return new Bundle(info, encoder, model, store) { Ranking = manifest.Files.ContainsKey(RankingInfo.FileName) ? ReadRanking(folder, model) : null };
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>Gives a bundle another ranking; its other files stay as they are.</summary>
    /// <exception cref="InputException">It is no whole bundle, or cannot be written.</exception>
    public static void ReplaceRanking(string folder, RankingInfo ranking)
    {
        Manifest.Check(folder, [ModelFile, EncoderFile, WeightsFile]);
        using var place = new BundleFolder(folder, overwrite: true);
        place.TakeOver(except: RankingInfo.FileName);
        place.Write(RankingInfo.FileName, stream => JsonSerializer.Serialize(stream, ranking, BundleJson.Options));
        place.Commit();
    }

    /// <inheritdoc/>
    public void Dispose() => Store.Dispose();

    private static RankingInfo ReadRanking(string folder, MultiTaskModel model)
    {
        var file = Path.Combine(folder, RankingInfo.FileName);
        var ranking = Parse(file, stream => JsonSerializer.Deserialize<RankingInfo>(stream, BundleJson.Options) ?? throw new JsonException("it is empty"));
        ranking.Formula();
        ranking.Terms([.. model.MainHeads.Select(h => h.Task)]);
        return ranking;
    }

    // the ranges of a configuration are those of a bundle
    private static ModelOptions Checked(ModelOptions options, string file) => ConfigReader.Read<ModelOptions>(JsonSerializer.Serialize(options, BundleJson.Options), file);

    private static T Parse<T>(string file, Func<Stream, T> read)
    {
        try
        {
            using var stream = File.OpenRead(file);
            return read(stream);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new InputException($"it cannot be read ({e.Message.TrimEnd('.')}); copy the whole model folder again", file, inner: e);
        }
    }
}
