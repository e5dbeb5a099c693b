using Sundry.Data;
using Sundry.Training;

namespace Sundry.Tests.Training;

/// <summary>A report with everything in it, from fixed figures.</summary>
internal static class SampleReport
{
    public const string Hostile = "<script>alert(\"x\")</script> & 'y'";

    public static ReportModel Full()
    {
        var income = new TaskReport(
            GoldenRows.Task(TaskType.Binary) with { Name = "income" },
            TaskMetrics.Compute(GoldenRows.Task(TaskType.Binary), GoldenRows.Probabilities, GoldenRows.Labels, default, 50),
            [new("auc", .9481, .9423, .9534), new("logloss", .2, .19, .21), new("calibration", 1.25, 1.2, 1.3)],
            Curves.Of(GoldenRows.Probabilities, GoldenRows.Labels),
            new("auc", .9481, .9460, .0021, .0004, .0038, Verdict.Gains));
        var rating = new TaskReport(
            GoldenRows.Task(TaskType.Regression) with { Name = "rating" },
            [new("rmse", .91, .9, .92)],
            [new("rmse", .9021, .8922, .9123), new("r2", double.NaN, double.NaN, double.NaN, "every label is the same")],
            Curves.Of(GoldenRows.Task(TaskType.Regression), GoldenRows.Estimates, GoldenRows.Values),
            new("rmse", .9021, .8900, .0121, .0042, .0203, Verdict.Loses));
        var hostile = new TaskReport(
            GoldenRows.Task(TaskType.Multiclass) with { Name = Hostile },
            [],
            [new("accuracy", double.NaN, double.NaN, double.NaN, "no row has a label")],
            null,
            new("accuracy", .5, .5, 0, -.01, .01, Verdict.Same));
        TaskReport[] tasks = [income, rating, hostile];
        return new ReportModel
        {
            Name = "sample " + Hostile,
            Architecture = "mmoe",
            Balancing = "equal",
            Command = "sundry train -c sundry.yaml --set name='<b>'",
            Configuration = "name: sample\ntasks:\n  income: {type: binary, label: income, positive: \"50000+.\"}\n",
            Tasks = tasks,
            History = [.. Enumerable.Range(1, 4).Select(Epoch)],
            BestEpoch = 3,
            Ending = "Stopped after epoch 4: no better for 1 epoch.",
            Gates =
            [
                new(1, "income", ["expert 1", "expert 2", "expert 3"], [.7, .299, .001], .6),
                new(1, "rating", ["expert 1", "expert 2", "expert 3"], [.2, .799, .001], .5),
                new(2, "income", ["expert 1", "expert 2"], [.5, .5], .69),
            ],
            Affinity = Affinity(),
            Comparison =
            [
                new("single_task", "equal", 3, 61, 400_000, [Compared(.9460, null), Rated(.89, null)]),
                new("shared_bottom", "equal", 3, 20, 200_000, [Compared(.9462, income.Single! with { Difference = .0002, Low = -.001, High = .0014, Verdict = Verdict.Same }), Rated(.8950, rating.Single)]),
                new("mmoe", "equal", 3, 34, 262_345, [Compared(.9481, income.Single), Rated(.9021, rating.Single)]),
            ],
            Truth = [new("income", "mmoe", new(.0123, .0456, "auc", .9481, .9611)), new("income", "single_task", new(.0150, .0456, "auc", .9460, .9611))],
            Summary = Summary(),
            Notes = ["A note with " + Hostile],
            Seconds = 41.3,
            SamplesPerSecond = 187_234,
            Parameters = 262_345,
            PeakMemoryMiB = 812,
            Seed = 7,
            Time = new DateTimeOffset(2026, 3, 14, 15, 9, 0, TimeSpan.FromHours(2)),
            Environment = [new("Sundry", "0.1.0"), new(".NET", "10.0.0")],
        };

        static ComparisonTask Compared(double mean, MetricDifference? single) => new("income", "auc", new(3, mean, .0005), single);
        static ComparisonTask Rated(double mean, MetricDifference? single) => new("rating", "rmse", new(3, mean, .003), single);
    }

    private static EpochRecord Epoch(int epoch) => new(
        epoch,
        new Dictionary<string, double> { ["income"] = .5 / epoch, ["rating"] = 1.0 / epoch, [Hostile] = double.NaN },
        new Dictionary<string, IReadOnlyDictionary<string, double>>
        {
            ["income"] = new Dictionary<string, double> { ["loss"] = .6 / epoch, ["auc"] = .94 + .002 * epoch },
            ["rating"] = new Dictionary<string, double> { ["rmse"] = 1 - .02 * epoch },
        },
        1e-3,
        3.25,
        Gradients: Gradients(),
        Gates: [new(1, "income", ["expert 1", "expert 2", "expert 3"], [.7, .299, .001], .6), new(1, "rating", ["expert 1", "expert 2", "expert 3"], [.2, .799, .001], .5)]);

    private static GradientRecord Gradients() => new(
        25, new Dictionary<string, double> { ["income"] = 2, ["rating"] = .5, [Hostile] = .25 },
        [
            new("income", "rating", 25, -.2, .71, new Dictionary<string, double> { ["bottom/0"] = -.1, ["embeddings"] = -.3 }),
            new("income", Hostile, 5, .5, 0, new Dictionary<string, double> { ["bottom/0"] = .5 }),
            new("rating", Hostile, 0, double.NaN, double.NaN, new Dictionary<string, double>()),
        ]);

    public static AffinityResult Affinity() => new(
        "shared_bottom", "equal", ["income", "rating", Hostile], 100, 12, Gradients(),
        [[.009, -.004, double.NaN], [.001, .011, .002], [double.NaN, .003, .01]],
        [[.0004, .0005, double.NaN], [.0005, .0004, .0002], [double.NaN, .0005, .0001]],
        [
            new([["income", "rating", Hostile]], -.001, true),
            new([["income"], ["rating", Hostile]], .005, true),
        ],
        2,
        [
            new(PairKind.Conflict, ["income", "rating"], "income and rating disagree in 71% of steps: try separate experts.", "model.architecture=ple"),
            new(PairKind.Agreement, ["rating", Hostile], $"rating and {Hostile} agree.", ""),
        ],
        []);

    private static DataSummary Summary() => new()
    {
        Splits = [new("train", 180_000, ["train.csv"]), new("validation", 20_000, ["train.csv"]), new("test", 60_000, ["test.csv"])],
        SplitBy = "10% of the rows, drawn at random, are the validation part.",
        RowsRead = 260_002,
        RowsRefused = 2,
        Refused = [new("train.csv", 1003, "column 7 (price): 'abc' is not a number"), new("train.csv", 2003, "it has 6 columns instead of 7 " + Hostile)],
        Features =
        [
            new(Hostile, "categorical", "vocabulary of 17", 17, 180, 3, 18, [new("Never married", 40_211), new(Hostile, 5)], null, null, null, null, null),
            new("price", "numeric", "standardised after log, 32 buckets", 1234, 0, 0, 33, [], .5, 2100.75, 31.25, 44.5, null),
            new("session", "categorical", "", 180_000, 0, 0, 0, [], null, null, null, null, "every row has another value"),
        ],
        Tasks = [new("income", "binary", "income", [new("train", 180_000, 0, 11_160, .062, [new("no", 168_840), new("yes", 11_160)])])],
        Notes = ["Column session is different in every row."],
    };
}
