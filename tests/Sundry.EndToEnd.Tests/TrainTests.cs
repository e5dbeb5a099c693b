using System.Text.Json;

namespace Sundry.EndToEnd.Tests;

/// <summary>What <c>train</c> leaves and prints, and what <c>evaluate</c> and <c>predict</c> make of it.</summary>
public sealed class TrainTests(TrainedShop shop) : IClassFixture<TrainedShop>
{
    private static readonly string[] s_bundle = ["encoder.json", "manifest.json", "metrics.json", "model.json", "report.html", "weights.bin"];

    [Fact]
    public void Stdout_is_one_document_with_the_fields_of_the_contract()
    {
        var result = shop.Result;
        Assert.Equal(shop.Path("models", "shop"), result.GetProperty("model").GetString());
        Assert.Equal("mmoe", result.GetProperty("architecture").GetString());
        Assert.Equal("equal", result.GetProperty("balancing").GetString());
        var rows = result.GetProperty("rows");
        Assert.Equal(600, rows.GetProperty("test").GetInt32());
        Assert.Equal(3000, rows.GetProperty("train").GetInt32() + rows.GetProperty("validation").GetInt32());
        Assert.InRange(rows.GetProperty("validation").GetInt32(), 380, 520);
        Assert.True(result.GetProperty("seconds").GetDouble() > 0);
        Assert.True(result.GetProperty("samples_per_second").GetDouble() > 0);
        Assert.InRange(result.GetProperty("peak_memory_mb").GetDouble(), 10, 4000);
        string[] Names(string task, string part) => [.. result.GetProperty("tasks").GetProperty(task).GetProperty(part).EnumerateObject().Select(p => p.Name)];
        foreach (var part in new[] { "validation", "test" })
        {
            Assert.Empty(new[] { "auc", "logloss", "ece" }.Except(Names("click", part)));
            Assert.Empty(new[] { "rmse", "mae" }.Except(Names("stars", part)));
            Assert.Empty(new[] { "rmse", "mae" }.Except(Names("visits", part)));
            Assert.Empty(new[] { "accuracy", "f1", "logloss" }.Except(Names("level", part)));
        }
    }

    [Fact]
    public void People_see_rows_epochs_losses_and_rates_on_stderr()
    {
        foreach (var part in new[] { "train: ", "epoch   1/4", "loss click ", "validation click auc ", "rows/s" }) Assert.Contains(part, shop.Training.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_bundle_is_whole_and_nothing_else_is_left()
    {
        Assert.Equal(s_bundle, Directory.GetFiles(shop.Path("models", "shop")).Select(f => Path.GetFileName(f)).Order());
        Assert.Equal(["shop"], Directory.GetFileSystemEntries(shop.Path("models")).Select(f => Path.GetFileName(f)));
        Assert.DoesNotContain(Directory.GetFileSystemEntries(shop.Root, "*", SearchOption.AllDirectories), f => f.EndsWith(".draft", StringComparison.Ordinal) || f.EndsWith(".partial", StringComparison.Ordinal));
        using var metrics = JsonDocument.Parse(File.ReadAllText(shop.Path("models", "shop", "metrics.json")));
        Assert.True(JsonElement.DeepEquals(shop.Result, metrics.RootElement));
    }

    [Fact]
    public void The_report_opens_by_itself_and_names_all_tasks()
    {
        var report = File.ReadAllText(shop.Path("models", "shop", "report.html"));
        foreach (var part in new[] { "click", "stars", "visits", "level", "sundry train --json", "learning_rate", "<svg" }) Assert.Contains(part, report, StringComparison.Ordinal);
        foreach (var part in new[] { "<script", "src=\"http", "href=\"http", "@import" }) Assert.DoesNotContain(part, report, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void The_model_has_learned_the_relation()
    {
        double Test(string task, string metric) => shop.Result.GetProperty("tasks").GetProperty(task).GetProperty("test").GetProperty(metric).GetDouble();
        Assert.InRange(Test("click", "auc"), 0.7, 0.95);
        Assert.InRange(Test("stars", "r2"), 0.4, 0.95);
        Assert.InRange(Test("visits", "r2"), 0.05, 0.8);
        Assert.InRange(Test("level", "accuracy"), 0.75, 0.99);
    }

    [Fact]
    public void Evaluate_train_and_an_independent_judge_agree()
    {
        var evaluated = Executable.Must(shop.Root, "evaluate", "models/shop", "test.csv", "--json").Json();
        Assert.Equal(600, evaluated.GetProperty("rows").GetInt32());
        foreach (var task in evaluated.GetProperty("tasks").EnumerateObject())
            foreach (var metric in task.Value.EnumerateObject())
                Near(shop.Result.GetProperty("tasks").GetProperty(task.Name).GetProperty("test").GetProperty(metric.Name), metric.Value);

        Executable.Must(shop.Root, "predict", "models/shop", "test.csv", "--out", "judged.csv");
        var sheet = Sheet.Of(shop.Path("judged.csv"));
        double Said(string task, string metric) => evaluated.GetProperty("tasks").GetProperty(task).GetProperty(metric).GetDouble();
        Assert.Equal(Judge.Auc(sheet.Numbers("p_click"), sheet.Numbers("click")), Said("click", "auc"), 6);
        Assert.Equal(Judge.LogLoss(sheet.Numbers("p_click"), sheet.Numbers("click")), Said("click", "logloss"), 6);
        var clicked = sheet.Rows.Where(r => r[Array.IndexOf(sheet.Header, "click")] == "1").ToList();
        double[] Of(string column) => [.. clicked.Select(r => Judge.Number(r[Array.IndexOf(sheet.Header, column)]))];
        Assert.Equal(Judge.Rmse(Of("p_stars"), Of("stars")), Said("stars", "rmse"), 5);
        Assert.Equal(Judge.Mae(Of("p_stars"), Of("stars")), Said("stars", "mae"), 5);
        Assert.Equal(Judge.Rmse(sheet.Numbers("p_visits"), sheet.Numbers("visits")), Said("visits", "rmse"), 5);
        Assert.Equal(Judge.Accuracy(sheet["p_level"], sheet["level"]), Said("level", "accuracy"), 9);
        Assert.Equal(Judge.MacroF1(sheet["p_level"], sheet["level"]), Said("level", "f1"), 9);
    }

    [Fact]
    public void Predictions_are_the_input_rows_with_one_column_a_task()
    {
        var stdout = Executable.Must(shop.Root, "predict", "models/shop", "test.csv").Out;
        var sheet = new Sheet(stdout);
        Assert.Equal([.. Shop.Columns, "p_click", "p_stars", "p_visits", "p_level"], sheet.Header);
        Assert.Equal(600, sheet.Rows.Count);
        for (var i = 0; i < 600; i++) Assert.Equal(shop.Rows.Rows[3000 + i], sheet.Rows[i][..Shop.Columns.Length]);
        Assert.All(sheet.Numbers("p_click"), p => Assert.InRange(p, 0, 1));
        Assert.All(sheet.Numbers("p_visits"), p => Assert.True(p >= 0));
        Assert.Empty(sheet["p_level"].Except(["cheap", "fair", "dear"]));
    }

    [Fact]
    public void Rows_without_labels_with_missing_values_unseen_ids_and_other_column_order_are_scored()
    {
        File.WriteAllText(shop.Path("new.csv"), "device,tags,price,item,age,user,note\nphone,new|never_seen,,i1,,u1,kept\nwatch,,50,i999,30,u999,\"a, b\"\n");
        var lines = Executable.Must(shop.Root, "predict", "models/shop", "new.csv").Out.TrimEnd().Split('\n');
        Assert.Equal("device,tags,price,item,age,user,note,p_click,p_stars,p_visits,p_level", lines[0].TrimEnd('\r'));
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("phone,new|never_seen,,i1,,u1,kept,0.", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("watch,,50,i999,30,u999,\"a, b\",0.", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_file_that_exists_is_kept_unless_forced()
    {
        File.WriteAllText(shop.Path("kept.csv"), "mine\n");
        Executable.Run(shop.Root, "predict", "models/shop", "test.csv", "--out", "kept.csv").RefusesWith("kept.csv: ", "--force");
        Assert.Equal("mine\n", File.ReadAllText(shop.Path("kept.csv")));
        Executable.Must(shop.Root, "predict", "models/shop", "test.csv", "--out", "kept.csv", "--force");
        Assert.Equal(601, File.ReadLines(shop.Path("kept.csv")).Count());
    }

    [Fact]
    public void A_model_that_exists_is_kept_unless_forced_and_settings_and_seed_can_be_overridden()
    {
        string[] quick = ["train", "--set", "training.epochs=1", "--set", "model.architecture=shared_bottom", "--out", "other/model", "--json"];
        var first = Executable.Must(shop.Root, [.. quick, "--seed", "7"]).Json();
        Assert.Equal("shared_bottom", first.GetProperty("architecture").GetString());
        Assert.Equal(7, first.GetProperty("seed").GetInt32());
        Assert.Equal(1, first.GetProperty("epochs").GetInt32());
        Assert.Equal(shop.Path("other", "model"), first.GetProperty("model").GetString());
        var weights = File.ReadAllBytes(shop.Path("other", "model", "weights.bin"));
        Executable.Run(shop.Root, "train", "--seed", "8", "--out", "other/model").RefusesWith("other/model", "--force");
        Assert.Equal(weights, File.ReadAllBytes(shop.Path("other", "model", "weights.bin")));
        Executable.Must(shop.Root, [.. quick, "--force", "--seed", "8"]);
        Assert.NotEqual(weights, File.ReadAllBytes(shop.Path("other", "model", "weights.bin")));
        Assert.Equal(["model"], Directory.GetFileSystemEntries(shop.Path("other")).Select(f => Path.GetFileName(f)));
    }

    private static void Near(JsonElement expected, JsonElement actual)
    {
        Assert.Equal(expected.ValueKind, actual.ValueKind);
        if (expected.ValueKind == JsonValueKind.Number) Assert.Equal(expected.GetDouble(), actual.GetDouble(), 6);
    }
}
