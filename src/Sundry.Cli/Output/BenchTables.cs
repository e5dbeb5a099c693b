using Spectre.Console;
using Sundry.Training;

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
        foreach (var (name, part) in result.Parts) Row(table, name, part.Ms.ToString("0.000"), (100 * part.Share).ToString("0.0"));
        Row(table, "step", result.MsPerStep.ToString("0.000"), "");
        Terminal.People.Write(table);
        Terminal.Say($"{result.SamplesPerSecond:N0} samples/s ({result.SamplesPerSecondRange[0]:N0} to {result.SamplesPerSecondRange[1]:N0} in {result.Options.Rounds} rounds)");
        Terminal.Say($"{Figure(result.Gflops)} GFLOP/s, {100 * result.ShareOfPeak:0.0} % of the peak of {Figure(result.PeakGflops)} ({Figure(result.PeakGflopsRange[0])} to {Figure(result.PeakGflopsRange[1])})");
        Terminal.Say($"{result.DenseWeights:N0} dense weights, a table of {result.TableMb:N0} MB, at most {result.PeakMemoryMb:N0} MB in use, {result.Threads} threads, {result.Shards} shards");
        Say(result.Machine);
    }

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
