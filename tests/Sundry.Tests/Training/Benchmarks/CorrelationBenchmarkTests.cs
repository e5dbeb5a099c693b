using System.Xml.Linq;
using Sundry.Simulator;
using Sundry.Training;

namespace Sundry.Tests.Training.Benchmarks;

public sealed class CorrelationBenchmarkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_small_curve_is_whole_drawn_and_repeatable()
    {
        var result = Run();
        Assert.Equal([1, 0], result.Points.Select(p => p.Correlation));
        Assert.Equal(["shared_bottom", "small bottom", "mmoe", "ple"], result.Architectures.Select(a => a.Name));
        Assert.All(result.Points, p => Assert.All(p.Losses.Values, l => Assert.Equal(2, l.Count)));
        Assert.All(result.Points.SelectMany(p => p.Losses.Values.SelectMany(l => l)), l => Assert.InRange(l, 0, 3));
        Assert.InRange(result.Points[0].LabelCorrelation, .9, 1);
        Assert.InRange(result.Points[1].LabelCorrelation, -.4, .4);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Root));
        var again = Run();
        for (var p = 0; p < 2; p++) Assert.Equal(result.Points[p].Losses["ple"], again.Points[p].Losses["ple"]);

        var svg = XDocument.Parse(CorrelationPlot.Draw(result)).Root!;
        Assert.Equal("http://www.w3.org/2000/svg", svg.Name.NamespaceName);
        Assert.Equal(2, svg.Elements().Count(e => e.Name.LocalName == "svg"));
    }

    [Fact]
    public void Models_are_as_large_as_each_other()
    {
        var result = Run();
        var mmoe = result.Architectures.Single(a => a.Name == "mmoe").Parameters;
        foreach (var name in new[] { "shared_bottom", "ple" }) Assert.InRange(result.Architectures.Single(a => a.Name == name).Parameters, .9 * mmoe, mmoe);
    }

    // a mean of factors: twice as much and half as much cancel
    [Fact]
    public void Ratios_are_averaged_as_factors()
    {
        var point = new CorrelationBenchmarkResult.Point(1, 1, new Dictionary<string, IReadOnlyList<double>> { ["shared_bottom"] = [2, .5], ["ple"] = [1, 1] });
        Assert.Equal(1, point.RatioOf("shared_bottom"), 12);
        Assert.Equal([2, .5], point.RatiosOf("shared_bottom"));
    }

    private CorrelationBenchmarkResult Run()
    {
        var options = new CorrelationBenchmarkOptions { Correlations = [1, 0], Seeds = 2, Repeats = 1, Threads = 1, Set = [new("training.epochs", "2")] };
        var tasks = new TaskDataOptions { Rows = 400, TestRows = 100, Features = 30, Sines = 1 };
        return new CorrelationBenchmark(options, (p, seed, place) => TaskFolder.Write(tasks with { Correlation = p, Seed = (ulong)seed }, place), _folder.Root).Run(new Relay<string>(_ => { }), default);
    }
}
