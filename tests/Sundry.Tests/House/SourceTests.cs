using System.Reflection;
using System.Text.RegularExpressions;

namespace Sundry.Tests.House;

/// <summary>What keeps the source easy to find one's way in.</summary>
public sealed partial class SourceTests
{
    private const int LongestFile = 400;
    private const int MedianFile = 120;

    [Fact]
    public void No_file_is_too_long()
    {
        var lengths = Checkout.Files("*.cs", "src").Select(f => (File: f, Lines: File.ReadLines(Checkout.Of(f)).Count())).OrderBy(f => f.Lines).ToList();
        Assert.True(lengths[^1].Lines <= LongestFile, $"{lengths[^1].File} has {lengths[^1].Lines} lines");
        Assert.True(lengths[lengths.Count / 2].Lines <= MedianFile, $"half of the files are longer than {lengths[lengths.Count / 2].Lines} lines");
    }

    [Fact]
    public void Folders_are_nouns_of_the_field()
    {
        string[] drawers = ["Common", "Utils", "Util", "Utilities", "Helpers", "Helper", "Misc", "Basic", "Shared", "Base"];
        var folders = Checkout.Files("*.cs", "src").SelectMany(f => f.Split('/')[..^1]).Distinct();
        Assert.Empty(folders.Intersect(drawers, StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_namespace_is_its_room()
    {
        foreach (var file in Checkout.Files("*.cs", "src"))
        {
            var declared = File.ReadLines(Checkout.Of(file)).FirstOrDefault(l => l.StartsWith("namespace ", StringComparison.Ordinal));
            if (declared is not null) Assert.True(declared == $"namespace {file.Split('/')[1]};", $"{file} declares \"{declared}\"");
        }
    }

    [Fact]
    public void A_file_of_one_type_is_named_after_it()
    {
        foreach (var file in Checkout.Files("*.cs", "src"))
        {
            var types = Declaration().Matches(File.ReadAllText(Checkout.Of(file)));
            if (types.Count != 1) continue;
            var name = Path.GetFileNameWithoutExtension(file).Split('.', '{')[0];
            var type = types[0].Groups["name"].Value;
            // an operation is named on disk as its users write it
            Assert.True(type == name || type == name + "Op", $"{file} holds {type}");
        }
    }

    [Fact]
    public void A_public_name_means_one_type_in_all_rooms()
    {
        var types = Checkout.Projects.SelectMany(p => Assembly.Load(p == "Sundry.Cli" ? "sundry" : p).GetExportedTypes()).Where(t => !t.IsNested);
        Assert.DoesNotContain(types.GroupBy(t => t.Name), g => g.Count() > 1);
    }

    [Fact]
    public void Tests_mirror_the_source()
    {
        foreach (var file in Checkout.Files("*Tests.cs", "tests/Sundry.Tests"))
        {
            var parts = file.Split('/');
            var room = Checkout.Of("src", "Sundry." + parts[2]);
            if (Directory.Exists(room)) Assert.True(Directory.Exists(Path.Combine([room, .. parts[3..^1]])), $"{file} mirrors no folder of {room}");
            else Assert.True(parts[2] == "House", $"{file} belongs to no room");
        }
    }

    [GeneratedRegex(@"^(?:(?:public|internal|file|static|sealed|abstract|partial|readonly|ref|unsafe) )*(?:class|struct|record struct|record|interface|enum) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
