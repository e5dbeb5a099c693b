using System.Text.Json;

namespace Sundry.EndToEnd.Tests;

/// <summary>What a configuration says of rows and tasks changes the model as it should.</summary>
public sealed class TaskTests
{
    [Fact]
    public void Sample_weights_count_in_training_and_in_judging()
    {
        using var place = new Workplace();
        var shop = new Shop(2000, seed: 8);
        shop.Write(place.Path("train.csv"), 0, 1500);
        shop.Write(place.Path("test.csv"), 1500);
        place.Write("sundry.yaml", Settings.Click("train: train.csv\ntest: test.csv\nweight: w"));
        var trained = Executable.Must(place.Root, "train", "--out", "weighted", "--json").Json();
        Executable.Must(place.Root, "predict", "weighted", "test.csv", "--out", "p.csv");
        var sheet = Sheet.Of(place.Path("p.csv"));
        double Said(JsonElement result, string metric) => result.GetProperty("tasks").GetProperty("click").GetProperty("test").GetProperty(metric).GetDouble();
        Assert.Equal(Judge.Auc(sheet.Numbers("p_click"), sheet.Numbers("click"), sheet.Numbers("w")), Said(trained, "auc"), 6);
        Assert.Equal(Judge.LogLoss(sheet.Numbers("p_click"), sheet.Numbers("click"), sheet.Numbers("w")), Said(trained, "logloss"), 6);
        Assert.NotEqual(Judge.LogLoss(sheet.Numbers("p_click"), sheet.Numbers("click")), Said(trained, "logloss"), 6);
        place.Write("plain.yaml", Settings.Click("train: train.csv\ntest: test.csv"));
        Executable.Must(place.Root, "train", "-c", "plain.yaml", "--out", "plain");
        Assert.NotEqual(File.ReadAllBytes(place.Path("weighted", "weights.bin")), File.ReadAllBytes(place.Path("plain", "weights.bin")));
    }

    [Fact]
    public void A_mask_leaves_rows_out_of_one_task_alone()
    {
        using var place = new Workplace();
        var shop = new Shop(2000, seed: 9);
        shop.Write(place.Path("train.csv"), 0, 1500);
        shop.Write(place.Path("test.csv"), 1500);
        // where clicks decide: the labels outside the mask are turned into nonsense, which must change nothing
        var lines = File.ReadAllLines(place.Path("train.csv")).Select(line =>
        {
            var fields = line.Split(',');
            if (fields[5] == "phone") fields[9] = "1000000";
            return string.Join(',', fields);
        });
        File.WriteAllLines(place.Path("spoilt.csv"), lines);
        string Yaml(string file) => string.Join('\n', $"data: {{train: {file}, test: test.csv}}", Settings.Features, "tasks:", "  click: binary", "  visits: {type: count, where: device != phone}", Settings.Model, "");
        place.Write("clean.yaml", Yaml("train.csv"));
        place.Write("spoilt.yaml", Yaml("spoilt.csv"));
        Executable.Must(place.Root, "train", "-c", "clean.yaml", "--out", "clean");
        var trained = Executable.Must(place.Root, "train", "-c", "spoilt.yaml", "--out", "spoilt", "--json").Json();
        Assert.Equal(File.ReadAllBytes(place.Path("clean", "weights.bin")), File.ReadAllBytes(place.Path("spoilt", "weights.bin")));

        Executable.Must(place.Root, "predict", "clean", "test.csv", "--out", "p.csv");
        var sheet = Sheet.Of(place.Path("p.csv"));
        var inside = sheet.Rows.Where(r => r[5] != "phone").ToList();
        var rmse = Judge.Rmse([.. inside.Select(r => Judge.Number(r[Array.IndexOf(sheet.Header, "p_visits")]))], [.. inside.Select(r => Judge.Number(r[9]))]);
        Assert.Equal(rmse, trained.GetProperty("tasks").GetProperty("visits").GetProperty("test").GetProperty("rmse").GetDouble(), 5);
    }

    [Fact]
    public void Class_weights_move_predictions_and_dropped_negatives_do_not()
    {
        using var place = new Workplace();
        var shop = new Shop(6000, seed: 10);
        shop.Write(place.Path("train.csv"), 0, 5000);
        shop.Write(place.Path("test.csv"), 5000);
        const string data = "train: train.csv\ntest: test.csv";
        // by log(1 + visits) nothing, by price and item something: rare positives, so that corrections are far from 1
        string Yaml(string more, string task) => Settings.Click(data + more).Replace("tasks: {click: binary}", $"tasks: {{click: {task}}}", StringComparison.Ordinal);
        double Ratio(string name, string yaml)
        {
            place.Write(name + ".yaml", yaml);
            var click = Executable.Must(place.Root, "train", "-c", name + ".yaml", "--out", name, "--json").Json().GetProperty("tasks").GetProperty("click").GetProperty("test");
            Executable.Must(place.Root, "predict", name, "test.csv", "--out", name + ".csv");
            var sheet = Sheet.Of(place.Path(name + ".csv"));
            var ratio = sheet.Numbers("p_click").Sum() / sheet.Numbers("click").Sum();
            Assert.Equal(ratio, click.GetProperty("calibration").GetDouble(), 5);
            Assert.True(click.GetProperty("auc").GetDouble() > 0.75);
            return ratio;
        }

        Assert.InRange(Ratio("plain", Yaml("", "binary")), 0.85, 1.15);
        Assert.InRange(Ratio("sampled", Yaml("\nsampling: {task: click, negatives: 20%}", "binary")), 0.8, 1.2);
        Assert.True(Ratio("heavy", Yaml("", "{type: binary, class_weights: {1: 5}}")) > 1.3);
    }
}
