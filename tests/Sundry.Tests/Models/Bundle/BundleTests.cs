using System.Text;
using System.Text.Json.Nodes;
using Sundry.Data;
using Sundry.Models;
using Sundry.Tests.Training;

namespace Sundry.Tests.Models;

public sealed class BundleTests(SmallBundle small) : IClassFixture<SmallBundle>, IDisposable
{
    private static readonly string[] s_files = ["model.json", "encoder.json", "weights.bin", "metrics.json", "report.html", "manifest.json"];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Files => [.. s_files];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_saved_is_loaded()
    {
        using var bundle = Bundle.Load(small.Place);
        Assert.Equal(small.Weights, WeightBytes.Of(bundle.Store));
        Assert.Equal(["buy", "spend", "kind"], bundle.Info.Tasks);
        Assert.Equal("small", bundle.Info.Name);
        Assert.Equal(["group", "x", "z"], bundle.Encoder.InputColumns);
        Assert.Equal(s_files.Order(), Directory.GetFiles(small.Place).Select(f => Path.GetFileName(f)).Order());
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_byte_changed_anywhere_is_noticed(string file)
    {
        var copy = small.Copy(_folder);
        var path = Path.Combine(copy, file);
        var whole = File.ReadAllBytes(path);
        var random = new Random(1);
        for (var round = 0; round < 60; round++)
        {
            var at = round switch { 0 => 0, 1 => whole.Length - 1, _ => random.Next(whole.Length) };
            var changed = whole.ToArray();
            changed[at] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(path, changed);
            // a manifest that means the same in other letters is the same manifest
            if (file == "manifest.json" && Means(changed, whole)) continue;
            var refused = Assert.Throws<InputException>(() => Bundle.Load(copy));
            Assert.Contains(file == "manifest.json" ? copy : file, refused.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_that_is_shorter_longer_or_gone_is_noticed(string file)
    {
        var copy = small.Copy(_folder);
        var path = Path.Combine(copy, file);
        var whole = File.ReadAllBytes(path);
        foreach (var length in new[] { 0, 1, whole.Length / 2, whole.Length - 1 })
        {
            File.WriteAllBytes(path, whole[..length]);
            var refused = Assert.Throws<InputException>(() => Bundle.Load(copy));
            Assert.Contains(file, refused.Message, StringComparison.Ordinal);
        }

        if (file != "manifest.json")
        {
            File.WriteAllBytes(path, [.. whole, 0]);
            Assert.Throws<InputException>(() => Bundle.Load(copy));
        }

        File.Delete(path);
        Assert.Contains("missing", Assert.Throws<InputException>(() => Bundle.Load(copy)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_version_is_refused_with_both_versions()
    {
        var copy = small.Copy(_folder);
        var place = Path.Combine(copy, "manifest.json");
        File.WriteAllText(place, File.ReadAllText(place).Replace("\"format\": 1", "\"format\": 7", StringComparison.Ordinal));
        var refused = Assert.Throws<InputException>(() => Bundle.Load(copy));
        Assert.Contains("version 7", refused.Message, StringComparison.Ordinal);
        Assert.Contains("version 1", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_that_is_no_bundle_is_refused()
    {
        Assert.Contains("no such folder", Assert.Throws<InputException>(() => Bundle.Load(_folder.Path("none"))).Message, StringComparison.Ordinal);
        Assert.Contains("is a file", Assert.Throws<InputException>(() => Bundle.Load(_folder.Write("file", ""))).Message, StringComparison.Ordinal);
        Assert.Contains("manifest.json", Assert.Throws<InputException>(() => Bundle.Load(_folder.Root)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.json", "null")]
    [InlineData("model.json", "{}")]
    [InlineData("model.json", "[1]")]
    [InlineData("encoder.json", "null")]
    [InlineData("encoder.json", "{}")]
    [InlineData("encoder.json", "[]")]
    [InlineData("encoder.json", "")]
    [InlineData("weights.bin", "")]
    public void A_forged_file_is_refused(string file, string content)
    {
        var copy = small.Copy(_folder);
        SmallBundle.Forge(copy, file, Encoding.UTF8.GetBytes(content));
        Assert.Throws<InputException>(() => Bundle.Load(copy));
    }

    [Theory]
    [InlineData("{\"format\": 1, \"files\": null}")]
    [InlineData("{\"format\": 1, \"files\": {}}")]
    [InlineData("{\"format\": 1, \"files\": {\"model.json\": null, \"encoder.json\": null, \"weights.bin\": null}}")]
    [InlineData("{\"format\": 1, \"files\": {\"model.json\": {\"bytes\": -1, \"sha256\": null}, \"encoder.json\": {\"bytes\": 1}, \"weights.bin\": {}}}")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    public void A_forged_manifest_is_refused(string manifest)
    {
        var copy = small.Copy(_folder);
        File.WriteAllText(Path.Combine(copy, "manifest.json"), manifest);
        Assert.Throws<InputException>(() => Bundle.Load(copy));
    }

    [Fact]
    public void A_manifest_that_names_files_elsewhere_is_refused_and_they_are_not_read()
    {
        var copy = small.Copy(_folder);
        foreach (var name in new[] { "../secret", "/etc/passwd", "", ".", "sub/file" })
        {
            small.Copy(_folder);
            var place = Path.Combine(copy, "manifest.json");
            var manifest = JsonNode.Parse(File.ReadAllText(place))!;
            manifest["files"]![name] = new JsonObject { ["bytes"] = 1, ["sha256"] = "00" };
            File.WriteAllText(place, manifest.ToJsonString());
            Assert.Throws<InputException>(() => Bundle.Load(copy));
        }
    }

    [Theory]
    [InlineData("embedding", 1_000_000_000)]
    [InlineData("embedding", 4096)]
    [InlineData("embedding", -3)]
    [InlineData("dropout", 7)]
    [InlineData("gate_temperature", 0)]
    public void Sizes_that_a_forged_model_claims_take_no_memory(string option, int value)
    {
        var copy = small.Copy(_folder);
        var model = JsonNode.Parse(File.ReadAllText(Path.Combine(copy, "model.json")))!;
        model["model"]![option] = value;
        SmallBundle.Forge(copy, "model.json", Encoding.UTF8.GetBytes(model.ToJsonString()));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InputException>(() => Bundle.Load(copy));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
    }

    [Theory]
    [InlineData("count", 1_000_000_000)]
    [InlineData("count", 0)]
    public void Experts_that_a_forged_model_claims_take_no_memory(string option, int value)
    {
        var copy = small.Copy(_folder);
        var model = JsonNode.Parse(File.ReadAllText(Path.Combine(copy, "model.json")))!;
        model["model"]!["experts"]![option] = value;
        SmallBundle.Forge(copy, "model.json", Encoding.UTF8.GetBytes(model.ToJsonString()));
        Assert.Throws<InputException>(() => Bundle.Load(copy));
    }

    [Theory]
    [InlineData("model.json")]
    [InlineData("encoder.json")]
    [InlineData("weights.bin")]
    public void Whatever_a_forged_file_holds_nothing_but_a_refusal_or_a_model_comes_of_it(string file)
    {
        var copy = small.Copy(_folder);
        var whole = File.ReadAllBytes(Path.Combine(copy, file));
        var random = new Random(file.Length);
        for (var round = 0; round < 250; round++)
        {
            var changed = Spoil(whole, random);
            SmallBundle.Forge(copy, file, changed);
            try
            {
                Bundle.Load(copy).Dispose();
            }
            catch (InputException e)
            {
                Assert.NotEmpty(e.Message);
            }
        }
    }

    [Fact]
    public void A_place_that_is_taken_is_kept_and_a_model_is_replaced_whole_where_asked()
    {
        using var bundle = Bundle.Load(small.Place);
        void Save(string place, bool overwrite, string note = "new") =>
            Bundle.Save(place, bundle.Info, bundle.Encoder, bundle.Store, new Dictionary<string, byte[]> { ["note.txt"] = Encoding.UTF8.GetBytes(note) }, overwrite);
        var copy = small.Copy(_folder);
        Assert.Contains("--force", Assert.Throws<InputException>(() => Save(copy, false)).Message, StringComparison.Ordinal);
        Save(copy, true);
        Assert.Equal(["encoder.json", "manifest.json", "model.json", "note.txt", "weights.bin"], Directory.GetFiles(copy).Select(f => Path.GetFileName(f)).Order());
        Bundle.Load(copy).Dispose();

        Directory.CreateDirectory(_folder.Path("mine"));
        File.WriteAllText(_folder.Path("mine/note.txt"), "mine");
        Assert.Throws<InputException>(() => Save(_folder.Path("mine"), true));
        Assert.Throws<InputException>(() => Save(_folder.Path("mine/note.txt"), true));
        Assert.Throws<InputException>(() => Save(_folder.Path("mine/note.txt/model"), true));
        Directory.CreateDirectory(_folder.Path("empty"));
        Save(_folder.Path("empty/"), false);
        Assert.Equal(["copy", "empty", "mine"], Directory.GetFileSystemEntries(_folder.Root).Select(f => Path.GetFileName(f)).Order());
        Assert.Equal("mine", File.ReadAllText(_folder.Path("mine/note.txt")));
    }

    // one to four changes: bytes flipped, cut out, doubled, digits drawn out
    private static byte[] Spoil(byte[] whole, Random random)
    {
        var bytes = whole.ToList();
        for (var change = random.Next(1, 5); change > 0 && bytes.Count > 0; change--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes.RemoveRange(at, Math.Min(random.Next(1, 30), bytes.Count - at)); break;
                case 2: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 30), bytes.Count - at))); break;
                case 3: bytes.RemoveRange(at, bytes.Count - at); break;
                default:
                    var digit = bytes.FindIndex(at, b => b is >= (byte)'0' and <= (byte)'9');
                    if (digit >= 0) bytes.InsertRange(digit, "99999999"u8.ToArray().Take(random.Next(1, 9)));
                    break;
            }
        }

        return [.. bytes];
    }

    private static bool Means(byte[] changed, byte[] whole)
    {
        try
        {
            return JsonNode.DeepEquals(JsonNode.Parse(changed), JsonNode.Parse(whole));
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
