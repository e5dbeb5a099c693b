using System.Diagnostics;
using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class TrainingEventsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static readonly EpochRecord[] s_history =
    [
        new(1, Values(("buy", .5), ("größe", 2)), Metrics(.7), 1e-3, 10, .6, 8, Values(("buy", 1), ("größe", .25))),
        new(300, Values(("buy", .25), ("größe", double.NaN)), Metrics(double.NaN), 5e-4, 2.5),
    ];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_independent_reader_finds_every_scalar()
    {
        TrainingEvents.Write(_folder.Root, s_history, DateTimeOffset.UnixEpoch.AddSeconds(1_700_000_020.5));
        var file = Assert.Single(Directory.GetFiles(Path.Combine(_folder.Root, "tensorboard")));
        Assert.Equal("events.out.tfevents.1700000008.sundry", Path.GetFileName(file));
        var events = EventReader.Read(File.ReadAllBytes(file));
        Assert.Equal(3, events.Count);
        Assert.Equal("brain.Event:2", events[0].Version);
        Assert.Equal((1_700_000_018.0, 1L), (events[1].Time, events[1].Step));
        Assert.Equal(
            [("training_loss/buy", .5f), ("training_loss/größe", 2), ("validation_auc/buy", .7f), ("task_weight/buy", 1), ("task_weight/größe", .25f), ("training/learning_rate", 1e-3f), ("training/score", .6f)],
            events[1].Scalars);
        Assert.Equal((1_700_000_020.5, 300L), (events[2].Time, events[2].Step));
        // what is undefined is left out
        Assert.Equal([("training_loss/buy", .25f), ("training/learning_rate", 5e-4f)], events[2].Scalars);
    }

    [Fact]
    public void Gradients_and_gates_have_tags_of_their_own()
    {
        EpochRecord[] history =
        [
            s_history[0] with
            {
                Gradients = new GradientRecord(4, Values(("buy", 2), ("size", .5)), [new("buy", "size", 4, -.25, .75, Values(("bottom/0", -.25)))]),
                Gates =
                [
                    new(1, "buy", ["expert 1", "expert 2"], [.75, .25], .5), new(1, "size", ["expert 1", "expert 2"], [1, 0], 0),
                    new(2, "buy", ["expert 1", "expert 2"], [1, 0], 0),
                ],
            },
        ];
        TrainingEvents.Write(_folder.Root, history, DateTimeOffset.UnixEpoch.AddSeconds(1_700_000_020.5));
        var events = EventReader.Read(File.ReadAllBytes(Assert.Single(Directory.GetFiles(Path.Combine(_folder.Root, "tensorboard")))));
        Assert.Equal(
            [
                ("gradient_norm/buy", 2), ("gradient_norm/size", .5f), ("gradient_cosine/buy_vs_size", -.25f), ("gradient_conflict/buy_vs_size", .75f),
                ("gate_weight_level_1/buy/expert 1", .75f), ("gate_weight_level_1/buy/expert 2", .25f), ("gate_weight_level_1/size/expert 1", 1), ("gate_weight_level_1/size/expert 2", 0),
                ("gate_weight_level_2/buy/expert 1", 1), ("gate_weight_level_2/buy/expert 2", 0), ("dead_experts/level_1", 0), ("dead_experts/level_2", 1),
            ],
            events[1].Scalars.Where(s => s.Tag.StartsWith("ga", StringComparison.Ordinal) || s.Tag.StartsWith("gr", StringComparison.Ordinal) || s.Tag.StartsWith("de", StringComparison.Ordinal)));
    }

    [SkippableFact]
    public void TensorBoards_own_reader_finds_them_too()
    {
        TrainingEvents.Write(_folder.Root, s_history, DateTimeOffset.UnixEpoch.AddSeconds(1_700_000_020.5));
        const string script = "import sys\nfrom tensorboard.backend.event_processing.event_accumulator import EventAccumulator\n"
            + "a = EventAccumulator(sys.argv[1]); a.Reload()\nprint(sorted(a.Tags()['scalars'])[0], [(e.step, e.value) for e in a.Scalars('training_loss/buy')])";
        Skip.IfNot(File.Exists("/usr/bin/python3"), "there is no python3");
        using var python = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", script, Path.Combine(_folder.Root, "tensorboard")]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = python.StandardError.ReadToEndAsync();
        var output = python.StandardOutput.ReadToEnd();
        python.WaitForExit();
        Skip.If(error.Result.Contains("No module named", StringComparison.Ordinal), "python3 has no tensorboard");
        Assert.Equal("task_weight/buy [(1, 0.5), (300, 0.25)]", output.Trim());
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_refused()
    {
        _folder.Write("tensorboard", "a file");
        Assert.Contains("cannot be written", Assert.Throws<Data.InputException>(() => TrainingEvents.Write(_folder.Root, s_history, DateTimeOffset.UnixEpoch.AddSeconds(1e9))).Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, double> Values(params (string, double)[] values) => values.ToDictionary(v => v.Item1, v => v.Item2);

    private static Dictionary<string, IReadOnlyDictionary<string, double>> Metrics(double auc) => new() { ["buy"] = Values(("auc", auc)) };
}
