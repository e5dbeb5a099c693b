using Spectre.Console;
using Sundry.Compute;
using Sundry.Serving;
using Sundry.Training;
using Table = Spectre.Console.Table;

namespace Sundry.Cli;

/// <summary>What the benchmarks found, for people.</summary>
internal static class BenchTables
{
    public static void Write(PeakBenchmarkResult result)
    {
        var table = Numbers("threads", "GFLOP/s", "least … greatest", "GB/s copied", "least … greatest");
        foreach (var peak in result.Peaks)
            Row(table, peak.Threads.ToString(), Figure(peak.Gflops.Median), Range(peak.Gflops), Figure(peak.GbPerSecond.Median), Range(peak.GbPerSecond));
        Terminal.People.Write(table);
        Say(result.Machine);
    }

    public static void Write(TrainBenchmarkResult result)
    {
        var table = Numbers("part of a step", "ms", "%");
        foreach (var (name, part) in result.Parts) Row(table, name, part.Ms.ToString("0.000"), Percent(part.Share));
        Row(table, "step", result.MsPerStep.ToString("0.000"), "");
        Terminal.People.Write(table);
        Terminal.Say($"{result.SamplesPerSecond:N0} samples/s ({result.SamplesPerSecondRange[0]:N0} to {result.SamplesPerSecondRange[1]:N0} in {result.Options.Rounds} rounds)");
        Terminal.Say($"{Figure(result.Gflops)} GFLOP/s, {Percent(result.ShareOfPeak)} % of the peak of {Figure(result.PeakGflops)} ({Figure(result.PeakGflopsRange[0])} to {Figure(result.PeakGflopsRange[1])})");
        Terminal.Say($"{result.DenseWeights:N0} dense weights, a table of {result.TableMb:N0} MB, at most {result.PeakMemoryMb:N0} MB in use, {Threads(result.Threads)}, {result.Shards} shards");
        Say(result.Machine);
    }

    public static void Write(ScoreBenchmarkResult result)
    {
        var table = Numbers("candidates", "p50 ms", "p99 ms", "rows/s");
        foreach (var r in result.Results) Row(table, r.Candidates.ToString("N0"), r.P50Ms.ToString("0.000"), r.P99Ms.ToString("0.000"), r.SamplesPerSecond.ToString("N0"));
        Terminal.People.Write(table);
        Terminal.Say($"{result.SharedFields} of {result.Options.Model.Fields} fields shared by the candidates of a call, {Threads(result.Threads)}, at most {result.PeakMemoryMb:N0} MB in use");
        Say(result.Machine);
    }

    public static void Write(RetrieveBenchmarkResult result)
    {
        var table = Numbers("vectors", "floats", "top", "p50 ms", "p99 ms", "queries/s", "GB/s", "recall");
        var o = result.Options;
        Row(table, o.Items.ToString("N0"), o.Width.ToString(), o.Top.ToString(), result.MedianMs.ToString("0.000"), result.P99Ms.ToString("0.000"), result.QueriesPerSecond.ToString("N0"), Figure(result.GbPerSecond), result.Recall.ToString("0.0000"));
        Terminal.People.Write(table);
        Terminal.Say($"{o.Queries:N0} searches on {Threads(o.Threads)}; taken in within {result.BuildSeconds:0.0} s, at most {result.PeakMemoryMb:N0} MB in use");
        Say(result.Machine);
    }

    public static void Write(ProductBenchmarkResult result)
    {
        var table = Numbers("layer", "size", "threads", "forward", "by input", "by weight");
        foreach (var layer in result.Products.GroupBy(p => (p.Shape, p.Threads)))
            Row(table, [Layer(layer.Key.Shape), Size(layer.Key.Shape), layer.Key.Threads.ToString(), .. layer.Select(p => Percent(p.ShareOfPeak))]);
        foreach (var total in result.Totals.GroupBy(t => t.Threads))
            Row(table, ["all", "", total.Key.ToString(), .. total.Where(t => t.Form is not null).Select(t => Percent(t.ShareOfPeak))]);
        Terminal.People.Write(table);
        foreach (var total in result.Totals.Where(t => t.Form is null))
            Terminal.Say($"{Threads(total.Threads)}: {Figure(total.Gflops)} GFLOP/s, {Percent(total.ShareOfPeak)} % of the peak ({Percent(total.ShareRange[0])} to {Percent(total.ShareRange[1])} in {result.Options.Rounds} rounds)");
        Terminal.Say($"in % of the peak: the product itself and its two gradients; {result.RowsPerThread} rows a thread");
        Say(result.Machine);
    }

    public static void Write(CorrelationBenchmarkResult result)
    {
        var table = Numbers(["tasks\nlabels", .. result.Architectures.Select(a => a.Name.Replace('_', '\n').Replace(' ', '\n')), "shared\n÷ ple", "small\n÷ ple", "shared ÷ ple\nof each seed"]);
        foreach (var point in result.Points)
            Row(table,
            [
                $"{point.Correlation:0.0#}\n{point.LabelCorrelation:0.000}", .. result.Architectures.Select(a => Deviating(point.Of(a.Name))),
                point.RatioOf("shared_bottom").ToString("0.00"), point.RatioOf("small bottom").ToString("0.00"), string.Join(' ', point.RatiosOf("shared_bottom").Select(r => r.ToString("0.00"))),
            ]);
        Terminal.People.Write(table);
        foreach (var architecture in result.Architectures) Terminal.Say($"{architecture.Name}: {architecture.Sizes}, {architecture.Parameters:N0} weights");
        Terminal.Say("first column: the correlation of the tasks, and of their labels");
        Terminal.Say($"losses: squared error on test rows by the labels' variance, mean ± sd over {Several(result.Options.Seeds, "seed")} with {Several(result.Options.Repeats, "training")} each; {result.Rows:N0} rows, {Several(result.Epochs, "epoch")}; {result.Seconds:0} s");
        foreach (var model in (string[])["shared_bottom", "small bottom"])
            if (result.RatioGrows(model) is { } grows) Terminal.Say($"the ratio of {model} to ple {(grows ? "grows" : "does not grow")} at every step as the correlation falls");
        Say(result.Machine);
    }

    private static string Deviating(SeedSummary value) => double.IsNaN(value.Sd) ? $"{value.Mean:0.0000}" : $"{value.Mean:0.0000}\n± {value.Sd:0.0000}";

    private static string Several(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private static string Layer(ProductShape shape) => Times(shape.Count, shape.Layer.EndsWith("/weight", StringComparison.Ordinal) ? shape.Layer[..^"/weight".Length] : shape.Layer);

    private static string Size(ProductShape shape) => Times(shape.Groups, $"{shape.Inputs} → {shape.Outputs}");

    private static string Times(int count, string what) => count == 1 ? what : $"{count} × {what}";

    private static string Threads(int count) => Several(count, "thread");

    private static string Percent(double share) => (100 * share).ToString("0.0");

    private static void Say(Machine machine) =>
        Terminal.Say($"{machine.Processor}, {machine.Processors} processors, vectors of {machine.VectorBits} bits; Sundry {machine.Sundry}, .NET {machine.Dotnet}, {machine.System}");

    private static Table Numbers(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn(columns[0]);
        foreach (var column in columns[1..]) table.AddColumn(new TableColumn(column).RightAligned());
        return table;
    }

    private static void Row(Table table, params string[] cells) => table.AddRow(cells.Select(c => new Text(c)));

    private static string Range(Spread spread) => $"{Figure(spread.Least)} … {Figure(spread.Greatest)}";

    private static string Figure(double value) => value.ToString(value >= 100 ? "0" : "0.0");
}
