using System.Text.Json;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Training;

/// <summary>What a bundle says of the log that its rows were made of, as <c>log.json</c>.</summary>
/// <param name="Configuration">The folder that the paths of its configuration start from, relative to the bundle's.</param>
/// <param name="Log">What the log held.</param>
/// <param name="Samples">The rows of each source.</param>
public sealed record LogOrigin(string Configuration, LogFigures Log, IReadOnlyList<SampleSummary> Samples)
{
    /// <summary>The file's name in a bundle.</summary>
    public const string FileName = "log.json";

    /// <summary>What a bundle says; null where its rows are those of tables.</summary>
    /// <exception cref="InputException">The file is damaged.</exception>
    public static LogOrigin? Read(string bundle)
    {
        var path = Path.Combine(bundle, FileName);
        if (!File.Exists(path)) return null;
        try
        {
            return JsonSerializer.Deserialize<LogOrigin>(File.ReadAllBytes(path), BundleJson.Options) ?? throw new JsonException("it is empty");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new InputException($"it cannot be read ({e.Message.TrimEnd('.')}); copy the whole model folder again", path, inner: e);
        }
    }

    /// <summary>The moment from which a source's rows were not trained on: that of its test rows, or, without any, of its validation rows; null where rows were not split by time.</summary>
    public long? HeldFrom(string source) => Samples.FirstOrDefault(s => s.Source == source) is { } rows ? rows.TestFrom ?? rows.ValidationFrom : null;

    /// <summary>As a file of a bundle.</summary>
    internal static byte[] Write(DataSummary summary, string configuration, string bundle) => JsonSerializer.SerializeToUtf8Bytes(
        new LogOrigin(Path.GetRelativePath(Path.GetFullPath(bundle), Path.GetFullPath(configuration)).Replace('\\', '/'), summary.Log!, summary.Samples), BundleJson.Options);
}
