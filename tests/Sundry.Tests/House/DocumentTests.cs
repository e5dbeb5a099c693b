using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Sundry.Tests.House;

/// <summary>What is written down agrees with what is there.</summary>
public sealed partial class DocumentTests
{
    private const int LongestRoomReadme = 30;

    public static TheoryData<string> Documents => [.. Checkout.Files("*.md")];

    public static TheoryData<string> Rooms => [.. Checkout.Projects];

    [Theory, MemberData(nameof(Documents))]
    public void Links_lead_somewhere(string document)
    {
        var folder = Path.GetDirectoryName(Checkout.Of(document))!;
        foreach (Match match in Link().Matches(WithoutCode(document)))
        {
            var target = match.Groups["target"].Value.Split('#')[0];
            if (target.Length == 0 || target.Contains("://", StringComparison.Ordinal)) continue;
            Assert.True(Path.Exists(Path.Combine(folder, target)), $"{document} links to {target}, which does not exist");
        }
    }

    [Theory, MemberData(nameof(Documents))]
    public void Files_that_are_named_exist(string document)
    {
        foreach (Match match in SourcePath().Matches(File.ReadAllText(Checkout.Of(document))))
        {
            var path = match.Value.TrimEnd('/', '.');
            if (path.Contains('…', StringComparison.Ordinal) || path.Contains("NAME", StringComparison.Ordinal)) continue;
            Assert.True(Path.Exists(Checkout.Of(path)), $"{document} names {path}, which does not exist");
        }
    }

    [Theory, MemberData(nameof(Rooms))]
    public void Every_room_says_what_it_is_for(string room)
    {
        var lines = File.ReadAllLines(Checkout.Of("src", room, "README.md"));
        Assert.Equal($"# {room}", lines[0]);
        Assert.True(lines.Length <= LongestRoomReadme, $"the README of {room} has {lines.Length} lines");
        Assert.Contains(lines, l => l.StartsWith("May see:", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("Read first", StringComparison.Ordinal));
        foreach (Match match in RoomFile().Matches(string.Join('\n', lines)))
            Assert.True(Path.Exists(Checkout.Of("src", room, match.Groups["path"].Value)), $"the README of {room} names {match.Groups["path"].Value}, which does not exist");
    }

    [Fact]
    public void The_changelog_knows_the_version()
    {
        var version = XDocument.Load(Checkout.Of("Directory.Build.props")).Descendants("Version").Single().Value;
        Assert.Contains(File.ReadLines(Checkout.Of("CHANGELOG.md")), l => l.StartsWith($"## [{version}]", StringComparison.Ordinal));
    }

    [Fact]
    public void The_two_commands_of_the_readme_are_right()
    {
        var readme = File.ReadAllText(Checkout.Of("README.md"));
        Assert.Contains("dotnet run -c Release --project src/Sundry.Cli -- demo", readme, StringComparison.Ordinal);
        Assert.Contains("dotnet test -c Release", readme, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_architecture_has_a_page_and_is_listed()
    {
        var index = File.ReadAllText(Checkout.Of("docs", "architectures", "README.md"));
        foreach (var name in Sundry.Models.Architectures.Names)
        {
            Assert.StartsWith($"# {name}\n", File.ReadAllText(Checkout.Of("docs", "architectures", name + ".md")), StringComparison.Ordinal);
            Assert.Contains($"[`{name}`]({name}.md)", index, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Decisions_are_numbered_without_a_gap_and_listed()
    {
        var pages = Directory.GetFiles(Checkout.Of("docs", "decisions"), "0*.md").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(Enumerable.Range(1, pages.Count).Select(i => $"{i:D4}"), pages.Select(p => p[..4]));
        var index = File.ReadAllText(Checkout.Of("docs", "decisions", "README.md"));
        Assert.All(pages, p => Assert.Contains($"({p})", index, StringComparison.Ordinal));
    }

    private static string WithoutCode(string document) => Code().Replace(File.ReadAllText(Checkout.Of(document)), "");

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("```.*?```|`[^`\n]*`", RegexOptions.Singleline)]
    private static partial Regex Code();

    // files of a room in its own README, as `Ops/Silu.cs`
    [GeneratedRegex(@"`(?<path>[\w./]+\.cs)`")]
    private static partial Regex RoomFile();

    // paths of the tree in running text, as `src/Sundry.Data/…/Encoder.cs`
    [GeneratedRegex(@"(?<![\w/.])(?:src/Sundry\.|tests/Sundry\.|benchmarks/|examples/|docs/)[\w./…-]*[\w/]")]
    private static partial Regex SourcePath();
}
