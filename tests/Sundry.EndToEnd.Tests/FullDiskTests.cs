using System.Diagnostics;

namespace Sundry.EndToEnd.Tests;

/// <summary>A disk that is full ends in one sentence, and leaves nothing that looks whole.</summary>
public sealed class FullDiskTests
{
    // a file that grows beyond the limit fails nearly as on a full disk, where the signal that comes with it is ignored
    private const string SmallFiles = "trap '' XFSZ; ulimit -f ";

    [Fact]
    public void No_room_for_encoded_rows()
    {
        using var place = Shop();
        Executable.RunAfter(SmallFiles + "4", place.Root, "prepare", "--json").RefusesWith("ulimit -f", "data.cache");
        Assert.Empty(Directory.GetDirectories(place.Path(".sundry")));
    }

    [Fact]
    public void No_room_for_the_model()
    {
        using var place = Shop();
        Executable.Must(place.Root, "prepare");
        // the encoded rows lie in the cache, the checkpoint needs about 800 kB
        Executable.RunAfter(SmallFiles + "64", place.Root, "train", "--set", "model.embedding=512", "--json").RefusesWith("ulimit -f", "--out");
        Assert.False(Directory.Exists(place.Path("models", "shop")));
        Assert.DoesNotContain(Directory.GetFileSystemEntries(place.Root, "*", SearchOption.AllDirectories), f => f.EndsWith(".draft", StringComparison.Ordinal));
    }

    [SkippableFact]
    public void No_room_for_predictions()
    {
        using var place = Shop();
        Executable.Must(place.Root, "train");
        var refused = Executable.RunAfter(SmallFiles + "8", place.Root, "predict", "models/shop", "train.csv", "--out", "p.csv");
        refused.RefusesWith("ulimit -f", "--out");
        Assert.DoesNotContain(place.Names(), n => n.StartsWith("p.csv", StringComparison.Ordinal));
        Skip.IfNot(File.Exists("/dev/full"), "needs /dev/full");
        var full = Executable.RunAfter("exec >/dev/full", place.Root, "predict", "models/shop", "train.csv");
        full.RefusesWith("stdout", "cannot be written");
    }

    [SkippableFact]
    public void A_file_system_without_room()
    {
        using var place = Shop();
        var mount = place.Path("small");
        Directory.CreateDirectory(mount);
        Skip.IfNot(Try("mount", "-t", "tmpfs", "-o", "size=48k", "sundry-test", mount), "mounting a small file system is not permitted here");
        try
        {
            Executable.Run(place.Root, "train", "--set", "data.cache=small/cache").RefusesWith("disk is full");
            Assert.Empty(Directory.GetDirectories(place.Path("small", "cache")));
            Executable.Run(place.Root, "train", "--out", "small/model", "--set", "model.embedding=512").RefusesWith("cannot be written", "space");
            Assert.False(Directory.Exists(place.Path("small", "model")));
        }
        finally
        {
            Assert.True(Try("umount", mount));
        }
    }

    private static Workplace Shop()
    {
        var place = new Workplace();
        new Shop(1500, seed: 13).Write(place.Path("train.csv"));
        place.Write("sundry.yaml", Settings.Click("train: train.csv", Settings.Model.Replace("epochs: 4", "epochs: 1", StringComparison.Ordinal)));
        return place;
    }

    private static bool Try(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
