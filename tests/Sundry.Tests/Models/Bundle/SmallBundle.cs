using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sundry.Data;
using Sundry.Models;
using Sundry.Tests.Training;
using Sundry.Training;

namespace Sundry.Tests.Models;

/// <summary>A bundle of a small trained model, shared by the tests of a class, which copy it before they spoil it.</summary>
public sealed class SmallBundle : IDisposable
{
    private readonly LabelledTable _table = new(300);

    public SmallBundle()
    {
        var options = LabelledTable.Options("{epochs: 1, batch: 64}", tasks: "{buy: binary, spend: regression, kind: multiclass}");
        var data = _table.Prepare(options);
        using var trained = new Trainer(data, options, _table.Folder.Path("work")).Train();
        Place = _table.Folder.Path("bundle");
        var info = new BundleInfo(Bundle.FormatVersion, "tests", "small", ["buy", "spend", "kind"], "equal", 1, options.Model, ConfigWriter.ToYaml(options));
        Bundle.Save(Place, info, data.Encoder, trained.Store, new Dictionary<string, byte[]> { ["metrics.json"] = "{}"u8.ToArray(), ["report.html"] = "<html>"u8.ToArray() }, overwrite: false);
        Weights = WeightBytes.Of(trained);
    }

    /// <summary>The bundle's folder.</summary>
    public string Place { get; }

    /// <summary>The weights that were saved.</summary>
    public byte[] Weights { get; }

    /// <summary>A table with the columns that it was trained on.</summary>
    public string Table => _table.Folder.Path("train.csv");

    /// <summary>A copy in a folder of its own.</summary>
    internal string Copy(TemporaryFolder folder, string name = "copy")
    {
        var copy = folder.Path(name);
        Directory.CreateDirectory(copy);
        foreach (var file in Directory.GetFiles(Place)) File.Copy(file, Path.Combine(copy, Path.GetFileName(file)), overwrite: true);
        return copy;
    }

    /// <summary>Changes a file, and the manifest with it, as an attacker would.</summary>
    internal static void Forge(string bundle, string file, byte[] content)
    {
        File.WriteAllBytes(Path.Combine(bundle, file), content);
        var place = Path.Combine(bundle, "manifest.json");
        var manifest = JsonNode.Parse(File.ReadAllText(place))!;
        manifest["files"]![file] = new JsonObject { ["bytes"] = content.Length, ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(content)) };
        File.WriteAllText(place, manifest.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
    }

    public void Dispose() => _table.Dispose();
}
