using System.Diagnostics;
using Sundry.Data;
using Sundry.Simulator;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary>Shows how a run goes on: one line that renews itself on a terminal, one line a stage or epoch elsewhere.</summary>
internal sealed class RunDisplay : IRunObserver, IDisposable
{
    private static readonly TimeSpan s_refresh = TimeSpan.FromMilliseconds(100);

    private readonly Stopwatch _sinceShown = Stopwatch.StartNew();
    private readonly Stopwatch _reading = Stopwatch.StartNew();
    private long _rows;
    private Stopwatch? _sinceFirst;
    private string _stage = "";
    private Stopwatch _stageBegan = Stopwatch.StartNew();
    private long _doneBefore;
    private int _epochsSeen;
    private bool _open;

    public void Preparing(PrepareProgress progress)
    {
        if (!Terminal.IsLive)
        {
            if (progress.Stage != _stage) Terminal.Say($"{_stage = progress.Stage} …");
            return;
        }

        Live($"{progress.Stage}  {Bar(progress.Share)} {progress.Share:P0}  {progress.Rows:N0} rows");
    }

    /// <summary>Rows are read, or turned into another form: as <see cref="Preparing"/>, with the rate.</summary>
    public void Reading(PrepareProgress progress)
    {
        if (!Terminal.IsLive)
        {
            Preparing(progress);
            return;
        }

        if (progress.Rows < _rows) _reading.Restart();
        _rows = progress.Rows;
        if (_sinceShown.Elapsed < s_refresh) return;
        _sinceShown.Restart();
        Live($"{progress.Stage}  {Bar(progress.Share)} {progress.Share:P0}  {progress.Rows:N0} rows  {progress.Rows / _reading.Elapsed.TotalSeconds:N0} rows/s");
    }

    public void Prepared(DataSummary summary)
    {
        foreach (var split in summary.Splits) Line($"{split.Name}: {split.Rows:N0} rows");
        if (summary.RowsRefused > 0)
            Line($"{summary.RowsRefused:N0} rows were refused; the first: {summary.Refused[0].File} line {summary.Refused[0].Line}: {summary.Refused[0].Reason}");
        foreach (var note in summary.Notes) Line("note: " + note);
    }

    public void Training(TrainProgress progress)
    {
        if (progress.Epoch == 1 && progress.Finished is null && progress.Rows < progress.TotalRows / 2 && _epochsSeen != 0) Restart();
        if (progress.Finished is { } epoch)
        {
            _epochsSeen = epoch.Epoch;
            var metrics = string.Join("  ", epoch.Validation.Select(t => Headline(t.Key, t.Value)));
            Line($"epoch {epoch.Epoch,3}/{progress.Epochs}  {Losses(epoch.TrainLoss)}  validation {metrics}  {progress.RowsPerSecond:N0} rows/s{(progress.IsBest ? "  best" : "")}");
            return;
        }

        if (!Terminal.IsLive || _sinceShown.Elapsed < s_refresh) return;
        _sinceShown.Restart();
        var done = (progress.Epoch - 1.0 + (double)progress.Rows / progress.TotalRows) / progress.Epochs;
        var left = (1 - done) * progress.Epochs * progress.TotalRows / progress.RowsPerSecond;
        // what a narrow terminal cuts off is the losses
        Live($"epoch {progress.Epoch}/{progress.Epochs}  {Bar((double)progress.Rows / progress.TotalRows)}  at most {Left(left)} left  {progress.RowsPerSecond:N0} rows/s  {Losses(progress.Losses)}");
    }

    public void Doing(string what) => Line(what);

    /// <summary>A shop is being simulated.</summary>
    public void Simulating(ShopProgress progress)
    {
        if (!Terminal.IsLive || _sinceShown.Elapsed < s_refresh) return;
        _sinceShown.Restart();
        Live($"simulating  {Bar((double)progress.Rows / progress.Total)}  {progress.Rows:N0} of {progress.Total:N0} impressions");
    }

    /// <summary>An event log is being simulated.</summary>
    public void Logging(ShopProgress progress)
    {
        _sinceFirst ??= Stopwatch.StartNew();
        if (!Terminal.IsLive || _sinceShown.Elapsed < s_refresh) return;
        _sinceShown.Restart();
        var rate = progress.Rows / Math.Max(0.001, _sinceFirst.Elapsed.TotalSeconds);
        Live($"simulating  {Bar((double)progress.Rows / progress.Total)}  {progress.Rows:N0} of {progress.Total:N0} events  {rate:N0} events/s  {Left((progress.Total - progress.Rows) / rate)} left");
    }

    /// <summary>Rows of a table are being scored.</summary>
    public void Scoring(long rows)
    {
        if (!Terminal.IsLive || _sinceShown.Elapsed < s_refresh) return;
        _sinceShown.Restart();
        Live($"scoring  {rows:N0} rows");
    }

    /// <summary>A recommender is being fitted, or lists are being made.</summary>
    public void Fitting(string name, FitProgress progress)
    {
        var stage = $"{name}  {progress.Stage}";
        if (stage != _stage)
        {
            (_stage, _stageBegan, _doneBefore) = (stage, Stopwatch.StartNew(), progress.Done);
            if (!Terminal.IsLive) Terminal.Say($"{stage} …");
        }

        if (!Terminal.IsLive || _sinceShown.Elapsed < s_refresh) return;
        _sinceShown.Restart();
        var rate = (progress.Done - _doneBefore) / Math.Max(1e-3, _stageBegan.Elapsed.TotalSeconds);
        var loss = double.IsNaN(progress.Loss) ? "" : $"  loss {progress.Loss:0.0000}";
        var left = progress.Total > 0 && rate > 0 ? $"  {Left((progress.Total - progress.Done) / rate)} left" : "";
        Live($"{stage}  {Bar(progress.Share)}  {progress.Done:N0}{(progress.Total > 0 ? $"/{progress.Total:N0}" : "")} {progress.Unit}  {rate:N1} a second{left}{loss}");
    }

    /// <summary>Ends the line that renews itself.</summary>
    public void Dispose() => Clear();

    private void Restart()
    {
        _epochsSeen = 0;
    }

    private static string Headline(string task, IReadOnlyDictionary<string, double> metrics)
    {
        var (name, value) = metrics.First();
        return $"{task} {name} {(double.IsNaN(value) ? "undefined" : value.ToString("0.0000"))}";
    }

    private static string Losses(IReadOnlyDictionary<string, double> losses) => "loss " + string.Join(" ", losses.Select(l => $"{l.Key} {l.Value:0.0000}"));

    private static string Left(double seconds) => double.IsFinite(seconds) ? TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 8_640_000)).ToString(seconds < 86_400 ? "hh\\:mm\\:ss" : "d\\.hh\\:mm\\:ss") : "?";

    private static string Bar(double share)
    {
        var full = (int)Math.Clamp(share * 20, 0, 20);
        return "[" + new string('#', full) + new string('.', 20 - full) + "]";
    }

    private void Line(string text)
    {
        Clear();
        Terminal.Say(text);
    }

    private void Live(string text)
    {
        var width = Math.Max(20, Console.BufferWidth - 1);
        Console.Error.Write("\r\u001b[K" + (text.Length > width ? text[..width] : text));
        _open = true;
    }

    private void Clear()
    {
        if (_open) Console.Error.Write("\r\u001b[K");
        _open = false;
    }
}
