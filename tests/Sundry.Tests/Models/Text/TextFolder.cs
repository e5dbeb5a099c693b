using System.Text.Json;
using System.Text.Json.Nodes;
using Sundry.Tests.House;

namespace Sundry.Tests;

/// <summary>A small model folder in BERT's layout, with what PyTorch made of three texts in float64.</summary>
internal sealed class TextFolder
{
    public TextFolder()
    {
        var golden = JsonNode.Parse(File.ReadAllText(Checkout.Of("tests", "Sundry.Tests", "Golden", "text_encoder.json")))!;
        Config = golden["config"]!.AsObject();
        Tensors = [.. golden["tensors"]!.AsArray().Select(t => (t!["name"]!.GetValue<string>(), t["shape"].Deserialize<int[]>()!, t["values"].Deserialize<float[]>()!))];
        Texts = golden["texts"].Deserialize<int[][]>()!;
        First = golden["first"].Deserialize<double[][]>()!;
        Mean = golden["mean"].Deserialize<double[][]>()!;
    }

    public JsonObject Config { get; }

    public List<(string Name, int[] Shape, float[] Values)> Tensors { get; }

    public int[][] Texts { get; }

    public double[][] First { get; }

    public double[][] Mean { get; }

    /// <summary>The pieces: the marks, then <c>w4</c> to <c>w19</c>.</summary>
    public static string Vocabulary => "[PAD]\n[UNK]\n[CLS]\n[SEP]\n" + string.Concat(Enumerable.Range(4, 16).Select(i => $"w{i}\n"));

    /// <summary>Writes it, and gives the folder.</summary>
    public string Write(TemporaryFolder folder, string prefix = "")
    {
        var path = Directory.CreateDirectory(folder.Path("bert")).FullName;
        File.WriteAllText(Path.Combine(path, "config.json"), Config.ToJsonString());
        File.WriteAllText(Path.Combine(path, "vocab.txt"), Vocabulary);
        File.WriteAllBytes(Path.Combine(path, "model.safetensors"), SafeTensorsBytes.Of([.. Tensors.Select(t => (prefix + t.Name, t.Shape, t.Values))]));
        return path;
    }
}
