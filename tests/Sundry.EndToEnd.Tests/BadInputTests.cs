namespace Sundry.EndToEnd.Tests;

/// <summary>Wrong input as a user meets it: one sentence, exit code 2, nothing left. The long table of cases is in Sundry.Tests/Cli.</summary>
public sealed class BadInputTests
{
    [Fact]
    public void A_missing_configuration_says_how_to_get_one()
    {
        using var place = new Workplace();
        Executable.Run(place.Root, "train").RefusesWith("sundry.yaml: ", "sundry init");
        Assert.Empty(place.Names());
    }

    [Fact]
    public void A_misspelt_key_is_named_with_line_and_the_right_one()
    {
        using var place = new Workplace();
        place.Write("sundry.yaml", "data: {train: a.csv}\ntasks: {click: binary}\ntraining:\n  epoch: 3\n");
        Executable.Run(place.Root, "prepare", "--json").RefusesWith("sundry.yaml line 4", "'epoch'", "'epochs'");
    }

    [Fact]
    public void A_misspelt_verb_is_refused_with_the_right_one()
    {
        using var place = new Workplace();
        Executable.Run(place.Root, "trian").RefusesWith("no verb 'trian'; did you mean 'train'? See 'sundry --help'.");
    }

    [Fact]
    public void A_row_that_cannot_be_used_stops_the_training_or_is_skipped_counted_and_listed()
    {
        using var place = new Workplace();
        new Shop(800, seed: 11).Write(place.Path("train.csv"));
        var lines = File.ReadAllLines(place.Path("train.csv"));
        lines[400] = lines[400].Replace(lines[400].Split(',')[2], "abc", StringComparison.Ordinal);
        lines[500] += ",one too many";
        File.WriteAllLines(place.Path("train.csv"), lines);
        place.Write("sundry.yaml", Settings.Click("train: train.csv"));
        Executable.Run(place.Root, "train", "--json").RefusesWith("train.csv line 401, column 3: 'abc'");
        Assert.Equal([".sundry", "sundry.yaml", "train.csv"], place.Names());
        Assert.Empty(Directory.GetDirectories(place.Path(".sundry")));

        var trained = Executable.Must(place.Root, "train", "--set", "data.on_bad_row=skip", "--json");
        Assert.Equal(798, trained.Json().GetProperty("rows").EnumerateObject().Sum(r => r.Value.GetInt32()));
        Assert.Contains("2 rows were refused; the first: train.csv line 401: ", trained.Error, StringComparison.Ordinal);
        var report = File.ReadAllText(place.Path("models", "shop", "report.html"));
        Assert.Contains("column 3: &#39;abc&#39; is not a number", report, StringComparison.Ordinal);
        Assert.Contains("train.csv", report, StringComparison.Ordinal);

        Executable.Run(place.Root, "predict", "models/shop", "train.csv").RefusesPartlyWith("train.csv line 401");
        var predicted = Executable.Must(place.Root, "predict", "models/shop", "train.csv", "--skip-bad-rows", "--out", "p.csv");
        Assert.Contains("2 rows were left out", predicted.Error, StringComparison.Ordinal);
        Assert.Equal(798, Sheet.Of(place.Path("p.csv")).Rows.Count);
    }

    [Fact]
    public void A_prediction_that_stops_leaves_no_file()
    {
        using var place = new Workplace();
        new Shop(5000, seed: 12).Write(place.Path("train.csv"));
        place.Write("sundry.yaml", Settings.Click("train: train.csv", Settings.Model.Replace("epochs: 4", "epochs: 1", StringComparison.Ordinal)));
        Executable.Must(place.Root, "train");
        File.AppendAllText(place.Path("train.csv"), "u1,i1,none,,,,1,0,,1,fair\n");
        var before = place.Names();
        Executable.Run(place.Root, "predict", "models/shop", "train.csv", "--out", "p.csv").RefusesWith("train.csv line 5002, column 3");
        Assert.Equal(before, place.Names());
    }
}
