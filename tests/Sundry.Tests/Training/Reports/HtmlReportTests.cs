using System.Globalization;
using System.Xml.Linq;
using Sundry.Training;

namespace Sundry.Tests.Training;

public class HtmlReportTests
{
    private static readonly string Html = HtmlReport.Render(SampleReport.Full());
    private static readonly XElement Root = XDocument.Parse(Html).Root!;

    [Fact]
    public void Is_well_formed_and_small()
    {
        Assert.StartsWith("<!DOCTYPE html>", Html, StringComparison.Ordinal);
        Assert.Equal("html", Root.Name.LocalName);
        Assert.InRange(Html.Length, 10_000, 500_000);
    }

    [Theory]
    [InlineData("result")]
    [InlineData("truth")]
    [InlineData("comparison")]
    [InlineData("metrics")]
    [InlineData("curves")]
    [InlineData("affinity")]
    [InlineData("training")]
    [InlineData("gradients")]
    [InlineData("gates")]
    [InlineData("data")]
    [InlineData("run")]
    public void Holds_the_section_and_a_way_to_it(string id)
    {
        var section = Section(id);
        Assert.NotNull(section.Element("h2"));
        Assert.Contains(Root.Descendants("nav").Elements("a"), link => link.Attribute("href")!.Value == "#" + id && link.Value == section.Element("h2")!.Value);
    }

    [Fact]
    public void Refers_to_nothing_outside_and_runs_nothing()
    {
        Assert.DoesNotContain("http:", Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("https:", Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("url(", Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Root.Descendants(), e => e.Name.LocalName is "script" or "link" or "img" or "iframe" or "object" or "embed");
        Assert.All(Root.Descendants().Attributes("href"), href => Assert.StartsWith("#", href.Value, StringComparison.Ordinal));
        Assert.Empty(Root.Descendants().Attributes("src"));
        Assert.DoesNotContain(Root.Descendants().Attributes(), attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
    }

    [Fact]
    public void Names_of_users_stay_text()
    {
        Assert.DoesNotContain("<script", Html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(Root.Descendants("h1"), h => h.Value == "sample " + SampleReport.Hostile);
        Assert.Contains(Section("data").Descendants("th"), cell => cell.Value == SampleReport.Hostile);
        Assert.Contains("--set name='<b>'", Section("run").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Control_characters_and_turned_text_are_made_visible()
    {
        string html = HtmlReport.Render(SampleReport.Full() with { Name = "a\0b\u202Ec\uD800d😀" });
        Assert.Equal("a\uFFFDb\uFFFDc\uFFFDd😀", XDocument.Parse(html).Root!.Descendants("h1").Single().Value);
    }

    [Fact]
    public void Headline_tells_gains_and_losses_by_symbol_word_and_interval()
    {
        string[][] rows = [.. Section("result").Descendants("tbody").Elements("tr").Select(row => row.Elements().Select(Text).ToArray())];
        Assert.Equal(["income|binary|▲ gains", "AUC|higher is better", "0.9481|0.9423 to 0.9534", "0.9460", "+0.0021|+0.0004 to +0.0038", "+0.0021, 95% interval +0.0004 to +0.0038", "▲ gains"], rows[0]);
        Assert.Equal(["rating|regression|▼ loses", "RMSE|lower is better", "0.9021|0.8922 to 0.9123", "0.8900", "+0.0121|+0.0042 to +0.0203", "+0.0121, 95% interval +0.0042 to +0.0203", "▼ loses"], rows[1]);
        Assert.Equal("undefined|no row has a label", rows[2][2]);
        Assert.Equal("● same", rows[2][^1]);
        Assert.StartsWith("income gains from being learned together. rating does worse together than alone, which is negative transfer.", Section("result").Element("p")!.Value, StringComparison.Ordinal);
        Assert.EndsWith("Predictions of income sum to 25.0% more than its labels.", Section("result").Element("p")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rise_of_an_error_is_drawn_on_the_worse_side()
    {
        var drawings = Section("result").Descendants("svg").ToList();
        Assert.True(Centre(drawings[0]) > 66);
        Assert.True(Centre(drawings[1]) < 66);

        static double Centre(XElement drawing) => double.Parse(drawing.Element("circle")!.Attribute("cx")!.Value, CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Undefined_is_said_with_its_reason()
    {
        Assert.Contains(Section("metrics").Descendants("td"), cell => Text(cell) == "undefined|every label is the same");
        Assert.DoesNotContain("NaN", Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Comparison_shows_models_with_seeds_differences_and_verdicts()
    {
        var tables = Section("comparison").Descendants("table").ToList();
        Assert.Equal(3, tables.Count);
        Assert.Equal(["mmoe", "−0.57%", "▲ gains", "▼ loses", "3", "262,345", "34 s"], tables[0].Descendants("tr").Last().Elements().Select(Text));
        Assert.Equal(["★ 0.9481 ± 0.0005", "+0.0021", "+0.0004 to +0.0038"], tables[1].Descendants("tr").Last().Elements().Skip(1).Take(3).Select(Text));
        Assert.Equal(["★ 0.8900 ± 0.0030", "–"], tables[2].Descendants("tbody").Elements("tr").First().Elements().Skip(1).Take(2).Select(Text));
        Assert.Contains("Negative transfer in some task: shared_bottom, mmoe.", Section("comparison").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Comparison_with_the_reference_alone_does_not_repeat_the_result()
    {
        var full = SampleReport.Full();
        var told = full with { Comparison = [.. full.Comparison.Take(2).Select(result => result with { Seeds = 1 })] };
        var section = XDocument.Parse(HtmlReport.Render(told)).Root!.Descendants("section").Single(s => s.Attribute("id")!.Value == "comparison");
        Assert.Single(section.Descendants("table"));
        Assert.Contains("With one seed the 95% intervals speak of the rows alone", section.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Truth_names_the_closest_model_and_the_ceiling()
    {
        string[] row = [.. Section("truth").Descendants("tbody").Elements("tr").First().Elements().Select(Text)];
        Assert.Equal(["income", "mmoe", "★ 0.0123", "0.0456", "AUC", "0.9481", "0.9611", "0.0130"], row);
    }

    [Fact]
    public void Training_marks_the_best_epoch()
    {
        Assert.Contains(Section("training").Descendants("text"), text => text.Value == "best: epoch 3");
        Assert.Contains(Section("training").Descendants("tr"), row => row.Attribute("class")?.Value == "best" && row.Elements().First().Value == "3 ★");
        Assert.Contains("4 epochs in 41 s. The weights of epoch 3 were kept, the best by validation. Stopped after epoch 4", Section("training").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Gates_say_which_expert_is_dead()
    {
        Assert.Contains("expert 3 (level 1) is hardly used by any gate", Section("gates").Value, StringComparison.Ordinal);
        Assert.Equal(3, Section("gates").Descendants("table").Count());
        Assert.Equal(["income", "70.0", "29.9", "0.1", "1.8|of 3"], Section("gates").Descendants("tbody").First().Elements("tr").First().Elements().Select(Text));
    }

    [Fact]
    public void Data_lists_refused_rows_and_features()
    {
        string text = Section("data").Value;
        Assert.Contains("260,002 rows were read. 2 could not be read and were left out.", text, StringComparison.Ordinal);
        Assert.Contains("column 7 (price): 'abc' is not a number", text, StringComparison.Ordinal);
        Assert.Contains("left out: every row has another value", text, StringComparison.Ordinal);
        Assert.Contains(Section("data").Descendants("tr"), row => row.Elements().Select(Text).SequenceEqual(
            ["price", "numeric", "1,234", "0", "0", "0.5000 to 2,101, mean 31.25, sd 44.50", "standardised after log, 32 buckets"]));
    }

    [Fact]
    public void Run_holds_everything_to_repeat_it()
    {
        string text = Section("run").Value;
        foreach (string part in (string[])["sundry train -c sundry.yaml", "positive: \"50000+.\"", "2026-03-14 13:09 UTC", "812 MiB", "0.1.0"])
            Assert.Contains(part, text, StringComparison.Ordinal);
        Assert.Contains(Section("run").Descendants("tr"), row => row.Elements().Select(Text).SequenceEqual(["Seed", "7"]));
    }

    [Fact]
    public void Every_drawing_has_words_and_every_table_a_caption_and_scoped_heads()
    {
        Assert.NotEmpty(Root.Descendants("svg"));
        Assert.All(Root.Descendants("svg"), svg => Assert.False(string.IsNullOrWhiteSpace(svg.Element("title")?.Value)));
        Assert.All(Root.Descendants("svg").Where(svg => svg.Attribute("class")?.Value == "plot"), svg => Assert.False(string.IsNullOrWhiteSpace(svg.Element("desc")?.Value)));
        Assert.All(Root.Descendants("table"), table => Assert.False(string.IsNullOrWhiteSpace(table.Element("caption")?.Value)));
        Assert.All(Root.Descendants("th"), th => Assert.Contains(th.Attribute("scope")?.Value, (string[])["col", "row"]));
        Assert.All(Root.Descendants("table"), table => Assert.Single(table.Descendants("tr").Select(row => row.Elements().Count()).Distinct()));
    }

    [Fact]
    public void Coordinates_are_finite_and_inside()
    {
        foreach (var plot in Root.Descendants("svg").Where(svg => svg.Attribute("class")?.Value == "plot"))
        {
            foreach (var attribute in plot.Descendants().Attributes().Where(a => a.Name.LocalName is "x" or "x1" or "x2" or "cx"))
                Assert.InRange(double.Parse(attribute.Value, CultureInfo.InvariantCulture), 0, 360);
            foreach (var attribute in plot.Descendants().Attributes().Where(a => a.Name.LocalName is "y" or "y1" or "y2" or "cy"))
                Assert.InRange(double.Parse(attribute.Value, CultureInfo.InvariantCulture), 0, 246);
        }
    }

    [Fact]
    public void Is_the_same_text_in_every_culture()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.NegativeSign = "~";
        culture.DateTimeFormat.TimeSeparator = ".";
        culture.DateTimeFormat.DateSeparator = "/";
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = culture;
            Assert.Equal(Html, HtmlReport.Render(SampleReport.Full()));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void An_empty_model_is_a_report_too()
    {
        var root = XDocument.Parse(HtmlReport.Render(new ReportModel { Name = "empty" })).Root!;
        Assert.Equal(["run"], root.Descendants("section").Select(section => section.Attribute("id")!.Value));
    }

    [Fact]
    public void Without_test_rows_it_says_that_validation_flatters()
    {
        var full = SampleReport.Full();
        string html = HtmlReport.Render(full with { Tasks = [full.Tasks[0] with { Test = [], Single = null }], Comparison = [] });
        Assert.Contains("the figures flatter a little", html, StringComparison.Ordinal);
    }

    [Fact]
    public void One_epoch_is_a_table_and_no_chart()
    {
        var full = SampleReport.Full();
        var root = XDocument.Parse(HtmlReport.Render(full with { History = [full.History[0]], BestEpoch = 1 })).Root!;
        var training = root.Descendants("section").Single(section => section.Attribute("id")!.Value == "training");
        Assert.Empty(training.Descendants("svg"));
        Assert.NotNull(training.Element("details")!.Attribute("open"));
    }

    private static XElement Section(string id) => Root.Descendants("section").Single(section => section.Attribute("id")!.Value == id);

    /// <summary>A cell's words, its parts apart.</summary>
    private static string Text(XElement cell)
    {
        var parts = cell.Nodes().Select(node => node is XText text ? text.Value : ((XElement)node).Name.LocalName == "svg" ? ((XElement)node).Element("title")!.Value : ((XElement)node).Value);
        return string.Join('|', parts.Where(part => part.Length > 0)).Replace("★ |", "★ ", StringComparison.Ordinal);
    }
}
