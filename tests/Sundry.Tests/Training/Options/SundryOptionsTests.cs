using Sundry.Data;
using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class SundryOptionsTests
{
    private const string Least = "data: {train: a.csv}\ntasks: {buy: binary, spend: regression}\n";

    [Fact]
    public void The_least_configuration_has_a_default_for_everything_else()
    {
        var options = Read(Least);
        Assert.Equal("model", options.Name);
        Assert.Null(options.Features);
        Assert.Equal("mmoe", options.Model.Architecture);
        Assert.Equal(new TrainingOptions { EarlyStopping = options.Training.EarlyStopping }, options.Training);
        Assert.Equal((3, "mean"), (options.Training.EarlyStopping.Patience, options.Training.EarlyStopping.Metric));
        var request = options.Request("/somewhere");
        Assert.Equal("/somewhere", request.BaseDirectory);
        Assert.Equal(["buy", "spend"], request.Tasks.Keys);
    }

    [Fact]
    public void What_is_written_out_reads_as_the_same_configuration()
    {
        var options = Read(Least + "name: x\nmodel: {architecture: ple, tower: [4, 2], gate_temperature: 0.5}\ntraining: {clip: 1, learning_rate: 3e-4, early_stopping: {metric: buy.logloss}, schedule: plateau, optimizer: adamw}\n");
        var again = Read(ConfigWriter.ToYaml(options));
        Assert.Equal(ConfigWriter.ToYaml(options), ConfigWriter.ToYaml(again));
        Assert.Equal(3e-4, again.Training.LearningRate);
        Assert.Equal(1, again.Training.Clip);
    }

    [Theory]
    [InlineData("name: a/b\n", "'a/b'", "folder's name")]
    [InlineData("name: ..\n", "'..'", "folder's name")]
    [InlineData("name: ''\n", "''", "folder's name")]
    [InlineData("training: {balancing: equl}\n", "'equl'", "'equal'")]
    [InlineData("training: {early_stopping: {metric: by.auc}}\n", "'by'", "'buy'")]
    [InlineData("training: {early_stopping: {metric: buy.rmse}}\n", "'rmse'", "logloss")]
    [InlineData("training: {early_stopping: {metric: spend.auc}}\n", "'auc'", "rmse")]
    [InlineData("training: {early_stopping: {weights: {spnd: 1}}}\n", "'spnd'", "'spend'")]
    [InlineData("training: {early_stopping: {weights: {buy: -1}}}\n", "negative", "line 3")]
    [InlineData("training: {early_stopping: {metric: buy.auc, weights: {buy: 1}}}\n", "weights", "metric: mean")]
    [InlineData("training: {batch: 0}\n", "0 is out of range", "at least 1")]
    [InlineData("training: {learning_rate: -1}\n", "-1 is out of range", "line 3")]
    [InlineData("training: {momentum: 1}\n", "1 is out of range", "0.9999")]
    [InlineData("training: {seed: -1}\n", "-1 is out of range", "at least 0")]
    [InlineData("training: {seed: 99999999999}\n", "99999999999", "line 3")]
    [InlineData("training: {clip: 0}\n", "0 is out of range", "line 3")]
    [InlineData("training: {epochs: 0}\n", "0 is out of range", "at least 1")]
    [InlineData("training: {shards: 0}\n", "0 is out of range", "at least 1")]
    [InlineData("training: {schedule: cosin}\n", "'cosin'", "'cosine'")]
    public void What_does_not_fit_is_refused(string more, string wrong, string right)
    {
        var refused = Assert.Throws<InputException>(() => Read(Least + more));
        Assert.StartsWith("sundry.yaml line ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(wrong, refused.Message, StringComparison.Ordinal);
        Assert.Contains(right, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("  click: binary\n  buy: {type: binary, after: clik}", 4, "tasks.buy.after: there is no task 'clik'", "'click'")]
    [InlineData("  click: binary\n  buy:\n    after: buy", 5, "tasks.buy.after", "in its own 'after'")]
    [InlineData("  click: {after: buy}\n  cart: {after: click}\n  buy:\n    after: [cart]", 3, "tasks.click.after", "click → buy → cart → click")]
    [InlineData("  click: binary\n  buy: {at_most: clck}", 4, "tasks.buy.at_most", "'click'")]
    [InlineData("  click: {at_most: buy}\n  buy: {at_most: click}", 3, "tasks.click.at_most", "click → buy → click")]
    [InlineData("  spend: regression\n  buy: {at_most: spend}", 4, "tasks.buy.at_most", "not binary")]
    [InlineData("  spend: {type: regression, at_most: buy}\n  buy: binary", 3, "tasks.spend", "'at_most' compares")]
    [InlineData("  click: binary\n  buy: {after: [click, click]}", 4, "tasks.buy.after", "twice")]
    [InlineData("  buy: {main: false}", 3, "tasks.buy.main", "nothing would be predicted")]
    [InlineData("  spend: {type: regression, focal: 2}", 3, "tasks.spend", "'focal' is for binary")]
    [InlineData("  spend: {type: count, label_smoothing: 0.1}", 3, "tasks.spend", "'label_smoothing'")]
    [InlineData("  buy: {gradient: {expert: 0}}", 3, "'expert'", "shared")]
    [InlineData("  buy: {gradient: 2}", 3, "tasks.buy", "at most 1")]
    [InlineData("  click: binary\n  buy: binary\nmodel:\n  architecture: esmm", 6, "model.architecture", "none says what it comes after")]
    [InlineData("  click: binary\nmodel:\n  architecture: pepnet", 5, "model.architecture", "model.scenario")]
    [InlineData("  click: binary\nmodel: {architecture: dselect_k, experts: {count: 6}}", 4, "model.architecture", "to 8")]
    [InlineData("  click: binary\nmodel: {architecture: stem, experts: {shared: 0}}", 4, "model.architecture", "experts.shared")]
    public void What_tasks_say_of_each_other_is_refused_where_it_cannot_be(string tasks, int line, string wrong, string right)
    {
        var refused = Assert.Throws<InputException>(() => Read($"data: {{train: a.csv}}\ntasks:\n{tasks}\n"));
        Assert.StartsWith($"sundry.yaml line {line}, column ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(wrong, refused.Message, StringComparison.Ordinal);
        Assert.Contains(right, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_weight_that_would_be_ignored_is_refused_and_taken_with_weighted()
    {
        const string weighted = "data: {train: a.csv}\ntasks: {buy: {type: binary, weight: 2}}\n";
        Assert.Contains("balancing: weighted", Assert.Throws<InputException>(() => Read(weighted)).Message, StringComparison.Ordinal);
        Assert.Equal(2, Read(weighted + "training: {balancing: weighted}\n").Tasks["buy"].Weight);
    }

    [Theory]
    [InlineData("cagrd", "'cagrd'", "'cagrad'")]
    [InlineData("{method: cagrad, c: 1}", "1 is out of range", "line 3")]
    [InlineData("{method: cagrad, c: -0.1}", "-0.1 is out of range", "at least 0")]
    [InlineData("{method: cagrad, rescale: squred}", "'squred'", "'squared'")]
    [InlineData("{method: cagrad, alpha: 1}", "'alpha' is no setting of 'cagrad'", "settings are c, rescale")]
    [InlineData("{method: equal, c: 0.4}", "'c' is no setting of 'equal'", "no settings")]
    [InlineData("{method: cagrad, cc: 0.4}", "'cc'", "'c'")]
    [InlineData("{method: dwa, temperature: 0}", "0 is out of range", "line 3")]
    [InlineData("{method: famo, rate: x}", "'x'", "number")]
    [InlineData("{method: stch, warm_up: 0}", "0 is out of range", "at least 1")]
    [InlineData("decay", "'decay' needs 'factors'", "0.9")]
    [InlineData("{method: decay, factors: {buy: 0}}", "above 0", "line 3")]
    [InlineData("{method: decay, factors: {by: 0.5}}", "'by'", "'buy'")]
    [InlineData("{method: metabalance, main: spent}", "'spent'", "'spend'")]
    public void Settings_of_balancing_that_do_not_fit_are_refused(string balancing, string wrong, string right)
    {
        var refused = Assert.Throws<InputException>(() => Read(Least + $"training: {{balancing: {balancing}}}\n"));
        Assert.StartsWith("sundry.yaml line ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(wrong, refused.Message, StringComparison.Ordinal);
        Assert.Contains(right, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gls")]
    [InlineData("{method: gls}")]
    [InlineData("{method: cagrad, c: 0.2, rescale: none}")]
    [InlineData("{method: decay, factors: {buy: 0.9}, per: step}")]
    public void Balancing_reads_back_as_it_was_written(string balancing)
    {
        var options = Read(Least + $"training: {{balancing: {balancing}}}\n");
        var again = Read(ConfigWriter.ToYaml(options));
        Assert.Equal(ConfigWriter.ToYaml(options), ConfigWriter.ToYaml(again));
        Assert.Equal(options.Training.Balancing.Method, again.Training.Balancing.Method);
        Assert.Equal(options.Training.Balancing.C, again.Training.Balancing.C);
        if (balancing.Contains("gls", StringComparison.Ordinal)) Assert.Contains("balancing: gls\n", ConfigWriter.ToYaml(options), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("equal", false)]
    [InlineData("uncertainty", false)]
    [InlineData("nash_mtl", false)]
    [InlineData("weighted", true)]
    [InlineData("pcgrad", true)]
    [InlineData("upgrad", true)]
    public void Task_weights_are_taken_where_they_mean_something(string balancing, bool taken)
    {
        var yaml = $"data: {{train: a.csv}}\ntasks: {{buy: {{type: binary, weight: 2}}, click: binary}}\ntraining: {{balancing: {balancing}}}\n";
        if (taken) Assert.Equal(2, Read(yaml).Tasks["buy"].Weight);
        else Assert.Contains($"'balancing: {balancing}' would ignore", Assert.Throws<InputException>(() => Read(yaml)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_are_all_zero_are_refused()
    {
        const string yaml = "data: {train: a.csv}\ntasks: {buy: {type: binary, weight: 0}, click: {type: binary, weight: 0}}\ntraining: {balancing: weighted}\n";
        Assert.Contains("weight 0", Assert.Throws<InputException>(() => Read(yaml)).Message, StringComparison.Ordinal);
        Assert.Contains("weight 0", Assert.Throws<InputException>(() => Read(yaml.Replace(", click: {type: binary, weight: 0}", "", StringComparison.Ordinal))).Message, StringComparison.Ordinal);
        Assert.Contains("at least 0", Assert.Throws<InputException>(() => Read(yaml.Replace("weight: 0", "weight: -1", StringComparison.Ordinal))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_that_can_be_negative_is_refused_where_its_logarithm_is_taken()
    {
        string Yaml(string balancing, string loss) => $"data: {{train: a.csv}}\ntasks: {{buy: binary, visits: {{type: count{loss}}}}}\ntraining: {{balancing: {balancing}}}\n";
        var refused = Assert.Throws<InputException>(() => Read(Yaml("gls", ""))).Message;
        Assert.Contains("'visits'", refused, StringComparison.Ordinal);
        Assert.Contains("loss: squared", refused, StringComparison.Ordinal);
        Assert.Equal("gls", Read(Yaml("gls", ", loss: squared")).Training.Balancing.Method);
        Assert.Equal("pcgrad", Read(Yaml("pcgrad", "")).Training.Balancing.Method);
    }

    [Theory]
    [InlineData("buy")]
    [InlineData("buy.auc")]
    [InlineData("spend.r2")]
    [InlineData("mean")]
    public void Early_stopping_watches_what_there_is(string metric) =>
        Assert.Equal(metric, Read(Least + $"training: {{early_stopping: {{metric: {metric}}}}}\n").Training.EarlyStopping.Metric);

    private static SundryOptions Read(string yaml) => ConfigReader.Read<SundryOptions>(yaml, "sundry.yaml");
}
