namespace Sundry.EndToEnd.Tests;

/// <summary>The same seed gives the same weights to the last bit, on any number of threads, and however often the work is cut short.</summary>
public sealed class RepeatTests
{
    private const string Longer = """
        model: {architecture: ple, embedding: 16, experts: {count: 4, layers: [128, 64]}, tower: [16], dropout: 0.1}
        training: {batch: 64, epochs: 24, learning_rate: 0.003, early_stopping: {patience: 0}}
        """;

    [Fact]
    public void A_seed_gives_the_same_weights_on_one_thread_and_on_two()
    {
        using var place = new Workplace();
        new Shop(1500, seed: 4).Write(place.Path("train.csv"));
        place.Write("sundry.yaml", Settings.Click("train: train.csv", Settings.Model.Replace("dropout: 0", "dropout: 0.1, normalization: batch", StringComparison.Ordinal)));
        byte[] Train(string name, params string[] with)
        {
            Executable.Must(place.Root, ["train", "--out", name, .. with]);
            return File.ReadAllBytes(place.Path(name, "weights.bin"));
        }

        var first = Train("a", "--set", "training.threads=1");
        Assert.Equal(first, Train("b", "--set", "training.threads=1"));
        Assert.Equal(first, Train("c", "--set", "training.threads=2"));
        Assert.NotEqual(first, Train("d", "--seed", "2"));
    }

    [Fact]
    public void Killed_interrupted_and_resumed_it_ends_with_the_weights_of_one_go()
    {
        using var place = new Workplace();
        new Shop(5000, seed: 5).Write(place.Path("train.csv"));
        place.Write("sundry.yaml", Settings.Click("train: train.csv", Longer));
        Executable.Must(place.Root, "train", "--out", "whole");

        // killed as by a power cut in its first epoch, between two epochs and within later ones
        (string After, int Milliseconds)[] kills = [("train: ", 0), ("epoch   1/24", 0), ("epoch   3/24", 40), ("epoch   5/24", 90)];
        foreach (var (after, milliseconds) in kills)
        {
            using var running = Executable.Start(place.Root, "train", "--out", "cut", "--resume");
            running.MustSay(after);
            running.Await(milliseconds);
            running.Kill();
            Assert.NotEqual(0, running.End().ExitCode);
            Assert.False(Directory.Exists(place.Path("cut")));
        }

        // asked to stop, twice
        foreach (var (after, signal) in new[] { ("epoch   6/24", "INT"), ("epoch   7/24", "TERM") })
        {
            using var running = Executable.Start(place.Root, "train", "--out", "cut", "--resume", "--json");
            running.MustSay(after);
            running.Signal(signal);
            var outcome = running.End();
            Assert.True(outcome.ExitCode == 130, outcome.Error);
            Assert.Equal("", outcome.Out);
            Assert.Contains("--resume", outcome.Error, StringComparison.Ordinal);
            Assert.Equal([".sundry", "cut.training", "sundry.yaml", "train.csv", "whole"], place.Names());
            Assert.DoesNotContain(Directory.GetFileSystemEntries(place.Path(".sundry")), f => f.EndsWith(".partial", StringComparison.Ordinal));
        }

        var resumed = Executable.Must(place.Root, "train", "--out", "cut", "--resume", "--json");
        Assert.DoesNotContain("epoch   1/24", resumed.Error, StringComparison.Ordinal);
        Assert.Equal(24, resumed.Json().GetProperty("epochs").GetInt32());
        Assert.Equal(File.ReadAllBytes(place.Path("whole", "weights.bin")), File.ReadAllBytes(place.Path("cut", "weights.bin")));
        Assert.Equal([".sundry", "cut", "sundry.yaml", "train.csv", "whole"], place.Names());
    }

    [Fact]
    public void A_checkpoint_of_another_configuration_is_refused()
    {
        using var place = new Workplace();
        new Shop(5000, seed: 5).Write(place.Path("train.csv"));
        place.Write("sundry.yaml", Settings.Click("train: train.csv", Longer));
        using (var running = Executable.Start(place.Root, "train", "--out", "cut", "--set", "training.epochs=500"))
        {
            running.MustSay("epoch   1/");
            running.Signal("INT");
            Assert.Equal(130, running.End().ExitCode);
        }

        Executable.Run(place.Root, "train", "--out", "cut", "--resume", "--set", "training.epochs=500", "--set", "training.learning_rate=0.1").RefusesWith("another configuration", "without --resume");
    }
}
