using System.Xml.Linq;
using Sundry.Training;

namespace Sundry.Tests.Training;

/// <summary>The report's pages on agreement and affinity, as a reader without eyes for colour finds them.</summary>
public sealed class AffinitySectionTests
{
    private static readonly XElement s_root = XDocument.Parse(HtmlReport.Render(SampleReport.Full())).Root!;

    [Fact]
    public void Findings_come_first_with_what_to_try()
    {
        var first = Section("affinity").Element("ul")!.Elements("li").First();
        Assert.Equal("income and rating disagree in 71% of steps: try separate experts. --set model.architecture=ple", first.Value);
        Assert.Equal("--set model.architecture=ple", first.Element("code")!.Value);
    }

    [Fact]
    public void Pairs_with_nothing_to_say_of_them_make_one_sentence()
    {
        PairFinding Dull(string a, string b) => new(PairKind.Indifference, [a, b], "long", "");
        var told = (SampleReport.Affinity() with { Findings = [Dull("a", "b"), Dull("a", "c"), Dull("b", "c")] }).Told();
        Assert.Equal("3 pairs hardly touch each other, so that sharing costs them little and brings little: a and b; a and c; b and c.", Assert.Single(told).Sentence);
        Assert.Equal(["a", "b", "c"], told[0].Tasks);
        Assert.Equal(2, (SampleReport.Affinity() with { Findings = [Dull("a", "b"), Dull("a", "c")] }).Told().Count);
    }

    [Fact]
    public void Affinities_are_read_by_row_and_column_with_sign_and_error()
    {
        var rows = Section("affinity").Descendants("table").First().Descendants("tbody").Elements("tr").ToList();
        Assert.Equal(["income", "+0.900%itself", "−0.400%± 0.100%", "·"], rows[0].Elements().Select(e => e.Value));
        Assert.Equal("n heat below", rows[0].Elements().ElementAt(2).Attribute("class")!.Value);
        Assert.Equal("--v:1", rows[0].Elements().ElementAt(2).Attribute("style")!.Value);
    }

    [Fact]
    public void The_advice_names_the_groups()
    {
        Assert.Contains("2 models: income alone; rating and " + SampleReport.Hostile + " together.", Section("affinity").Value, StringComparison.Ordinal);
        Assert.Equal("2 ★", Section("affinity").Descendants("tr").Single(r => r.Attribute("class")?.Value == "best").Elements().First().Value);
        Assert.Equal("One model for all tasks: no division promises more than chance would.", (SampleReport.Affinity() with { Advised = 1 }).Advice);
    }

    [Fact]
    public void Cosines_stand_in_cells_with_their_conflicts_and_a_scale_with_zero_in_the_middle()
    {
        var section = Section("gradients");
        var row = section.Descendants("tbody").First().Elements("tr").First();
        Assert.Equal(["income", "–", "−0.20apart in 71%", "0.50apart in 0%", "2.0000"], row.Elements().Select(e => e.Value));
        var scale = section.Descendants("p").Single(p => p.Attribute("class")?.Value == "scale");
        Assert.Equal(["−1.00", "−0.50", "0.00", "0.50", "1.00"], scale.Elements("span").Select(s => s.Value));
        Assert.Equal("Colour scale from −1.00, apart, over 0 to 1.00, together", scale.Attribute("aria-label")!.Value);
        Assert.StartsWith("The gradients of income and rating point apart in 71% of the steps", section.Elements("p").First().Value, StringComparison.Ordinal);
        Assert.Equal(3, section.Descendants("svg").Count());
        Assert.Contains("With rating: −0.20 in the first epoch, −0.20 in the last.", section.Descendants("desc").First().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Layers_tell_where_the_conflict_sits()
    {
        var table = Section("gradients").Descendants("table").ElementAt(1);
        Assert.Equal(["Pair", "bottom/0", "embeddings"], table.Element("thead")!.Descendants("th").Select(h => h.Value));
        Assert.Equal(["income, rating", "−0.10", "−0.30"], table.Descendants("tbody").Elements("tr").First().Elements().Select(c => c.Value));
    }

    [Fact]
    public void Dead_experts_are_listed_by_epoch()
    {
        var table = Section("gates").Descendants("table").Last();
        Assert.Equal(["1", "1.8", "1.6", "expert 3"], table.Descendants("tbody").Elements("tr").First().Elements().Select(c => c.Value));
    }

    [Fact]
    public void Without_a_record_there_is_no_such_page()
    {
        var full = SampleReport.Full();
        var page = HtmlReport.Render(full with { Affinity = null, History = [.. full.History.Select(e => e with { Gradients = null, Gates = null })] });
        Assert.DoesNotContain("id=\"affinity\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"gradients\"", page, StringComparison.Ordinal);
    }

    private static XElement Section(string id) => s_root.Descendants("section").Single(s => s.Attribute("id")!.Value == id);
}
