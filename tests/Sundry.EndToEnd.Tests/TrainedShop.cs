using System.Text.Json;

namespace Sundry.EndToEnd.Tests;

/// <summary>A shop with four tasks of different types, trained once by the executable; the tests of a class share it and leave it as it is.</summary>
public sealed class TrainedShop : IDisposable
{
    private readonly Workplace _place = new();

    public TrainedShop()
    {
        Rows = new Shop(3600, seed: 1);
        Rows.Write(_place.Path("train.csv"), 0, 3000);
        Rows.Write(_place.Path("test.csv"), 3000);
        _place.Write("sundry.yaml", Settings.Four);
        Training = Executable.Must(Root, "train", "--json");
        Result = Training.Json();
    }

    /// <summary>The folder with train.csv, test.csv, sundry.yaml and models/shop.</summary>
    public string Root => _place.Root;

    internal Shop Rows { get; }

    internal Outcome Training { get; }

    /// <summary>What <c>train --json</c> printed.</summary>
    public JsonElement Result { get; }

    public string Path(params string[] names) => _place.Path(names);

    public void Dispose() => _place.Dispose();
}
