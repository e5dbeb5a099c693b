using System.Text.Json;

namespace Sundry.EndToEnd.Tests;

/// <summary>From a file that nothing is known of to a judged comparison, with nothing edited in between.</summary>
public sealed class JourneyTests
{
    [Fact]
    public void A_table_goes_from_init_to_compare()
    {
        using var place = new Workplace();
        new Shop(2400, seed: 3).Write(place.Path("train.csv"), 0, 1800, columns: ["user", "item", "price", "age", "tags", "device", "click", "visits"]);
        new Shop(2400, seed: 3).Write(place.Path("test.csv"), 1800, columns: ["user", "item", "price", "age", "tags", "device", "click", "visits"]);

        var init = Executable.Must(place.Root, "init", "train.csv", "test.csv", "--label", "click", "--json").Json();
        Assert.Equal(place.Path("sundry.yaml"), init.GetProperty("config").GetString());
        Assert.Equal("click", Assert.Single(init.GetProperty("tasks").EnumerateArray()).GetString());
        Assert.True(init.GetProperty("features").GetInt32() >= 5);
        var yaml = File.ReadAllText(place.Path("sundry.yaml"));
        foreach (var part in new[] { "train.csv", "test.csv", "tags: ", "click:" }) Assert.Contains(part, yaml, StringComparison.Ordinal);
        Executable.Run(place.Root, "init", "train.csv").RefusesWith("sundry.yaml: ", "--force");
        Assert.Equal(yaml, File.ReadAllText(place.Path("sundry.yaml")));

        var prepared = Executable.Must(place.Root, "prepare", "--json").Json();
        Assert.Equal(2400, prepared.GetProperty("rows_read").GetInt64());
        Assert.Equal(0, prepared.GetProperty("rows_refused").GetInt64());
        Assert.Equal(["train", "validation", "test"], prepared.GetProperty("splits").EnumerateArray().Select(s => s.GetProperty("name").GetString()));
        Assert.True(Executable.Must(place.Root, "prepare", "--json").Json().GetProperty("from_cache").GetBoolean());

        string[] small = ["--set", "training.epochs=2", "--set", "model.experts={count: 2, layers: [8]}"];
        var trained = Executable.Must(place.Root, ["train", .. small, "--json"]).Json();
        var model = trained.GetProperty("model").GetString()!;
        Assert.Equal(600, Executable.Must(place.Root, "evaluate", model, "test.csv", "--json").Json().GetProperty("rows").GetInt32());
        Assert.Equal(601, Executable.Must(place.Root, "predict", model, "test.csv").Out.TrimEnd().Split('\n').Length);

        string[] compare = ["compare", .. small, "--architectures", "shared_bottom,mmoe", "--balancers", "equal", "--seeds", "2", "--out", "contest", "--json"];
        var compared = Executable.Must(place.Root, compare);
        var results = compared.Json().GetProperty("results").EnumerateArray().ToList();
        Assert.Equal(["single_task", "shared_bottom", "mmoe"], results.Select(r => r.GetProperty("architecture").GetString()));
        foreach (var result in results)
        {
            Assert.Equal("equal", result.GetProperty("balancing").GetString());
            Assert.Equal(2, result.GetProperty("seeds").GetInt32());
            Assert.True(result.GetProperty("seconds").GetDouble() > 0);
            Assert.True(result.GetProperty("parameters").GetInt64() > 0);
            var task = result.GetProperty("tasks").GetProperty("click");
            Assert.Equal("auc", task.GetProperty("metric").GetString());
            Assert.InRange(task.GetProperty("mean").GetDouble(), 0.4, 1);
            Assert.True(task.GetProperty("sd").GetDouble() >= 0);
            if (result.GetProperty("architecture").GetString() == "single_task")
            {
                Assert.Equal(JsonValueKind.Null, task.GetProperty("verdict").ValueKind);
                continue;
            }

            Assert.Contains(task.GetProperty("verdict").GetString(), new[] { "gains", "same", "loses" });
            Assert.Equal(2, task.GetProperty("interval").GetArrayLength());
            Assert.True(double.IsFinite(task.GetProperty("difference").GetDouble()));
        }

        Assert.Contains("shared_bottom", File.ReadAllText(place.Path("contest", "report.html")), StringComparison.Ordinal);
        // what is done is kept: the same again trains nothing and says the same
        var again = Executable.Must(place.Root, compare);
        Assert.Equal(compared.Out, again.Out);
        Assert.Contains("1 of 6: single_task, seed ", compared.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(" of 6: ", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_schema_names_every_section()
    {
        using var place = new Workplace();
        var schema = Executable.Must(place.Root, "schema").Json();
        var sections = schema.GetProperty("properties").EnumerateObject().Select(p => p.Name).ToList();
        Assert.Empty(new[] { "name", "data", "features", "exclude", "tasks", "model", "training" }.Except(sections));
        Assert.Empty(place.Names());
    }

    [Fact]
    public void Help_and_version_are_for_people_and_cost_nothing()
    {
        using var place = new Workplace();
        var help = Executable.Must(place.Root, "--help").Out;
        foreach (var verb in new[] { "demo", "init", "prepare", "train", "evaluate", "predict", "rank", "compare", "tune", "affinity", "simulate", "bench", "schema" }) Assert.Contains(verb, help, StringComparison.Ordinal);
        Assert.Contains("--resume", Executable.Must(place.Root, "train", "--help").Out, StringComparison.Ordinal);
    }
}
