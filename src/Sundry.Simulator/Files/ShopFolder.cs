using Sundry.Data;

namespace Sundry.Simulator;

/// <summary>
/// Writes a simulated shop as files: <c>train.csv</c> and <c>test.csv</c> (the last days), beside each its truth, and a <c>sundry.yaml</c>
/// that trains on them.
/// </summary>
public static class ShopFolder
{
    /// <summary>The earlier days.</summary>
    public const string Train = "train.csv";

    /// <summary>The last days.</summary>
    public const string Test = "test.csv";

    /// <summary>What the outcomes of <see cref="Train"/> were drawn from.</summary>
    public const string TrainTruth = "train.truth.csv";

    /// <summary>What the outcomes of <see cref="Test"/> were drawn from.</summary>
    public const string TestTruth = "test.truth.csv";

    /// <summary>The configuration.</summary>
    public const string Configuration = "sundry.yaml";

    private const int ReportEvery = 8192;

    /// <summary>
    /// Simulates and writes. Rows stream to disk; the folder appears under its name only when it is whole.
    /// </summary>
    /// <param name="options">The shop.</param>
    /// <param name="folder">A folder that does not exist yet.</param>
    /// <param name="progress">Told of the rows written, now and then.</param>
    /// <param name="cancel">Stops the work; nothing is left behind.</param>
    /// <returns>What was written, counted.</returns>
    /// <exception cref="InputException">An option is out of its range, or the folder exists.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static ShopSummary Write(
        ShopOptions options, string folder, IProgress<ShopProgress>? progress = null, CancellationToken cancel = default)
    {
        var simulator = new ShopSimulator(options);
        return WholeFolder.Write(folder, partial => WriteInto(partial, simulator, options, progress, cancel));
    }

    private static ShopSummary WriteInto(
        string folder, ShopSimulator simulator, ShopOptions options, IProgress<ShopProgress>? progress, CancellationToken cancel)
    {
        File.WriteAllText(Path.Combine(folder, Configuration), ShopConfiguration.Text(options));
        using var train = new SplitWriter(folder, Train, TrainTruth, simulator.Shop);
        using var test = new SplitWriter(folder, Test, TestTruth, simulator.Shop);
        var testFrom = (options.Days - options.TestDays) * (long)VisitPlan.DaySeconds;
        foreach (var impression in simulator.Impressions(cancel))
        {
            (impression.Time < testFrom ? train : test).Write(impression);
            if (impression.Id % ReportEvery == 0) progress?.Report(new ShopProgress(impression.Id, options.Impressions));
        }

        progress?.Report(new ShopProgress(options.Impressions, options.Impressions));
        return new ShopSummary(train.Counts, test.Counts);
    }
}
