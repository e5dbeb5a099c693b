using Sundry.Data;
using Sundry.Training;

namespace Sundry.Tests;

public class ConfigReaderTests
{
    private const string Start = "data: {train: a.csv}\n";

    [Fact]
    public void Reads_the_file_of_the_design()
    {
        var options = Read("""
            name: census
            data:
              train: data/census/train.csv.gz        # a comment
              test: [data/census/test.csv.gz, data/more/*.csv]
              validation: 15%
              split: {by: time, column: day, test: 0.25}
              delimiter: tab
              sampling: {task: income, negatives: 10%}
            features: auto
            exclude: [instance_weight]
            tasks:
              income:  {type: binary, label: income, positive: "50000+."}
              single:  {type: binary, label: marital_status, positive: "Never married", weight: 1.0, class_weights: {Never married: 2, other: 1e-1}}
              wage: regression
              visits: {type: count, where: "income != '50000+.'", class_weights: none}
            model:
              learning_rate: 1e-2
              layers: 64
              seed: 18446744073709551615
              threads: auto
              rates: [1, 2.5]
              experts: 4
              epochs: 1_000
            """);

        Assert.Equal("census", options.Name);
        Assert.Equal(["data/census/train.csv.gz"], options.Data.Train);
        Assert.Equal(["data/census/test.csv.gz", "data/more/*.csv"], options.Data.Test);
        Assert.Equal(new Share(0.15), options.Data.Validation.Share);
        Assert.Empty(options.Data.Validation.Files);
        Assert.Equal((SplitRule.Time, "day", new Share(0.25)), (options.Data.Split.By, options.Data.Split.Column, options.Data.Split.Test));
        Assert.Equal('\t', options.Data.DelimiterCharacter);
        Assert.Equal(new Share(0.1), options.Data.Sampling!.Negatives);
        Assert.Null(options.Features);
        Assert.Equal(["income", "single", "wage", "visits"], options.Tasks.Keys);
        Assert.Equal(["50000+."], options.Tasks["income"].Positive);
        Assert.Equal([2, 0.1], options.Tasks["single"].ClassWeights.ByClass.Values);
        Assert.Equal(TaskType.Regression, options.Tasks["wage"].Type);
        Assert.Equal(TaskLoss.Poisson, options.Tasks["visits"].ResolvedLoss);
        Assert.Equal(0.01, options.Model.LearningRate);
        Assert.Equal([64], options.Model.Layers);
        Assert.Equal(ulong.MaxValue, options.Model.Seed);
        Assert.Null(options.Model.Threads);
        Assert.Equal([1, 2.5], options.Model.Rates);
        Assert.Equal((4, 16), (options.Model.Experts.Count, options.Model.Experts.Layers[0]));
        Assert.Equal(1000, options.Model.Epochs);
    }

    [Fact]
    public void Features_are_a_map_of_kinds_or_options()
    {
        var options = Read(Start + """
            features:
              age: numeric
              "a b": {kind: multi_categorical, separator: ",", pooling: max}
              brand:
                min_count: 5
                hash: 1000
              price: {kind: numeric, log: false, encoding: standard, hash: none}
            """);
        Assert.Equal(["age", "a b", "brand", "price"], options.Features!.Keys);
        Assert.Equal(FeatureKind.Numeric, options.Features["age"].Kind);
        Assert.Equal((",", Pooling.Max), (options.Features["a b"].Separator, options.Features["a b"].Pooling));
        Assert.Equal((FeatureKind.Auto, 5, 1000), (options.Features["brand"].Kind, options.Features["brand"].MinCount, options.Features["brand"].Hash));
        Assert.Equal((false, NumericEncoding.Standard, null), (options.Features["price"].Log, options.Features["price"].Encoding, options.Features["price"].Hash));
    }

    [Fact]
    public void A_section_whose_keys_are_all_commented_out_has_its_defaults()
    {
        var options = Read(Start + "model:\n  # epochs: 3\ntasks:\n");
        Assert.Equal(10, options.Model.Epochs);
        Assert.Empty(options.Tasks);
    }

    [Fact]
    public void Texts_that_look_like_nothing_stay_texts_inside_a_list()
    {
        var options = Read("data: {train: a.csv, missing: ['', NA, null, ~, -1]}");
        Assert.Equal(["", "NA", "null", "~", "-1"], options.Data.Missing);
    }

    [Theory]
    [InlineData("validation: 10%", 0.1, new string[0])]
    [InlineData("validation: 0.2", 0.2, new string[0])]
    [InlineData("validation: valid.csv", null, new[] { "valid.csv" })]
    [InlineData("validation: [a.csv, b.csv]", null, new[] { "a.csv", "b.csv" })]
    [InlineData("validation: {share: 5%}", 0.05, new string[0])]
    [InlineData("validation: {files: x}", null, new[] { "x" })]
    public void Validation_is_a_share_or_files(string line, double? share, string[] files)
    {
        var validation = Read($"data:\n  train: a.csv\n  {line}").Data.Validation;
        Assert.Equal(share, validation.Share?.Value);
        Assert.Equal(files, validation.Files);
    }

    [Theory]
    [InlineData("", "sundry.yaml: the configuration is empty; 'sundry init FILE' writes one")]
    [InlineData("# nothing\n", "sundry.yaml: the configuration is empty; 'sundry init FILE' writes one")]
    [InlineData("- a\n- b", "sundry.yaml line 1, column 1: the configuration takes a map of keys (name, data, features, exclude, tasks, model), not a list")]
    [InlineData("hello", "sundry.yaml line 1, column 1: the configuration takes a map of keys (name, data, features, exclude, tasks, model), not a single value")]
    [InlineData("dta: {train: a}", "sundry.yaml line 1, column 1: unknown key 'dta'; did you mean 'data'? (the keys here are name, data, features, exclude, tasks, model)")]
    [InlineData("data: {train: a}\nmodel:\n  learning_rat: 1", "sundry.yaml line 3, column 3: unknown key 'learning_rat' in model; did you mean 'learning_rate'? (the keys here are optimizer, learning_rate, epochs, layers, shuffle, seed, threads, rates, experts)")]
    [InlineData("data: {train: a}\nmodel:\n  rate: 1", "sundry.yaml line 3, column 3: unknown key 'rate' in model; did you mean 'rates'? (the keys here are optimizer, learning_rate, epochs, layers, shuffle, seed, threads, rates, experts)")]
    [InlineData("data: {train: a}\nmodel: {qqqqqqqqq: 1}", "sundry.yaml line 2, column 9: unknown key 'qqqqqqqqq' in model (the keys here are optimizer, learning_rate, epochs, layers, shuffle, seed, threads, rates, experts)")]
    [InlineData("data: {train: a, format: cvs}", "sundry.yaml line 1, column 26: data.format: 'cvs' is not one of auto, csv, tsv, jsonl; did you mean 'csv'?")]
    [InlineData("data: {train: a}\nmodel: {optimizer: adma}", "sundry.yaml line 2, column 20: model.optimizer: 'adma' is not one of adam, adagrad, sgd; did you mean 'adam'?")]
    [InlineData("data: {train: a}\nmodel: {epochs: abc}", "sundry.yaml line 2, column 17: model.epochs: 'abc' is not a whole number")]
    [InlineData("data: {train: a}\nmodel: {epochs: 1.5}", "sundry.yaml line 2, column 17: model.epochs: '1.5' is not a whole number")]
    [InlineData("data: {train: a}\nmodel: {epochs: 99999999999}", "sundry.yaml line 2, column 17: model.epochs: 99999999999 is too large a number here")]
    [InlineData("data: {train: a}\nmodel: {epochs: 0}", "sundry.yaml line 2, column 17: model.epochs: 0 is out of range; it must be at least 1 and at most 1000")]
    [InlineData("data: {train: a}\nmodel: {learning_rate: 0}", "sundry.yaml line 2, column 24: model.learning_rate: 0 is out of range; it must be more than 0 and at most 1")]
    [InlineData("data: {train: a}\nmodel: {learning_rate: fast}", "sundry.yaml line 2, column 24: model.learning_rate: 'fast' is not a number")]
    [InlineData("data: {train: a}\nmodel: {learning_rate: .nan}", "sundry.yaml line 2, column 24: model.learning_rate: '.nan' is not a number")]
    [InlineData("data: {train: a}\nmodel: {shuffle: yes}", "sundry.yaml line 2, column 18: model.shuffle: 'yes' is neither true nor false")]
    [InlineData("data: {train: a}\nmodel: {threads: many}", "sundry.yaml line 2, column 18: model.threads: 'many' is not a whole number (or auto)")]
    [InlineData("data: {train: a}\nmodel: {layers: [1, x]}", "sundry.yaml line 2, column 21: model.layers: 'x' is not a whole number")]
    [InlineData("data: {train: a}\nmodel: {layers: {a: 1}}", "sundry.yaml line 2, column 17: model.layers takes a list such as [a, b], not a map of keys")]
    [InlineData("data: {train: a}\nmodel: {epochs: [1]}", "sundry.yaml line 2, column 17: model.epochs takes a single value, not a list")]
    [InlineData("data: {train: a}\nmodel: {experts: x}", "sundry.yaml line 2, column 18: model.experts: 'x' is not a whole number")]
    [InlineData("data: {train: a}\nmodel: {experts: 0}", "sundry.yaml line 2, column 18: model.experts.count: 0 is out of range; it must be at least 1 and at most 64")]
    [InlineData("data: {train: a}\nmodel: {epochs: }", "sundry.yaml line 2, column 17: model.epochs has no value; write one, or remove the key")]
    [InlineData("data: {train: a}\nfeatures: numeric", "sundry.yaml line 2, column 11: features takes a map of names or the word auto, not 'numeric'")]
    [InlineData("data: {train: a}\nfeatures: {age: number}", "sundry.yaml line 2, column 17: features.age: 'number' is not one of auto, categorical, multi_categorical, numeric, sequence, cross, date, counter, history, neighbours, text, vector; did you mean 'numeric'?")]
    [InlineData("data: {train: a}\ntasks: [click]", "sundry.yaml line 2, column 8: tasks takes a map of names, not a list")]
    [InlineData("data: {test: a}", "sundry.yaml line 1, column 7: data: 'train' names no file; give a path, a glob, or a list of them, or a shop's events as 'log'")]
    [InlineData("data: {train: []}", "sundry.yaml line 1, column 15: data: 'train' names no file; give a path, a glob, or a list of them, or a shop's events as 'log'")]
    [InlineData("data: {train: a}\ndata: {train: b}", "sundry.yaml line 2, column 1: the key 'data' is here twice, first in line 1; remove one of them")]
    [InlineData("data:\n\ttrain: a", "sundry.yaml line 2, column 1: the line is indented with a tab; YAML takes spaces only")]
    [InlineData("data: {train: *.csv}", "sundry.yaml line 1, column 15: a value that begins with '*' needs quotes, such as \"*.csv\"; references to anchors are not supported")]
    [InlineData("data: &d {train: a}", "sundry.yaml line 1, column 7: a value that begins with '&' needs quotes; anchors are not supported, write the value out")]
    [InlineData("data: !x {train: a}", "sundry.yaml line 1, column 7: a value that begins with '!' needs quotes; tags are not supported")]
    [InlineData("data: {train: a}\n---\ndata: {}", "sundry.yaml line 2, column 1: a second document begins here; a configuration is one document, remove the '---'")]
    [InlineData("data: {train: a}\n? [1, 2]\n: x", "sundry.yaml line 2, column 3: a list cannot be a key; keys are names")]
    [InlineData("data: {train: a, split: time}", "sundry.yaml line 1, column 25: data.split.by: a split by time needs 'column', the name of the time column")]
    [InlineData("data: {train: a, split: {column: x}}", "sundry.yaml line 1, column 34: data.split: a random split uses no column; set 'by: time' or 'by: user', or remove 'column'")]
    [InlineData("data: {train: a, validation: 100%}", "sundry.yaml line 1, column 30: data.validation: the validation share must lie between 0% and 100%; early stopping and calibration need rows to look at")]
    [InlineData("data: {train: a, max_bad_rows: 120%}", "sundry.yaml line 1, column 32: data.max_bad_rows: '120%' is not a share; write a percentage from 0% to 100%, such as 10%")]
    [InlineData("data: {train: a, delimiter: ::}", "sundry.yaml line 1, column 29: data: the delimiter '::' is not one character; write one, such as \";\", or the word tab")]
    [InlineData("data: {train: a, header: false}", "sundry.yaml line 1, column 26: data: files without a header need 'columns', the list of their columns' names")]
    [InlineData("data: {train: a, columns: [a, b, a]}", "sundry.yaml line 1, column 27: data: 'columns' names 'a' twice; each column needs its own name")]
    [InlineData("data: {train: a, sampling: {task: a, negatives: 0}}", "sundry.yaml line 1, column 49: data.sampling: 0% keeps no negative row; keep some, such as 10%")]
    [InlineData("data: {train: a, sampling: {task: a}}", "sundry.yaml line 1, column 28: data.sampling lacks the key 'negatives' (share of the negative training rows that is kept; predictions are corrected back); add it")]
    [InlineData("data: {train: a}\ntasks: {buy: {type: binry}}", "sundry.yaml line 2, column 21: tasks.buy.type: 'binry' is not one of binary, regression, count, multiclass; did you mean 'binary'?")]
    [InlineData("data: {train: a}\ntasks: {buy: {positve: 1}}", "sundry.yaml line 2, column 15: unknown key 'positve' in tasks.buy; did you mean 'positive'? (the keys here are type, source, label, event, within, delayed, absent, positive, classes, weight, where, after, at_most, main, gradient, loss, delta, label_smoothing, focal, class_weights, sampling, metric)")]
    [InlineData("data: {train: a}\ntasks: {buy: {weight: -1}}", "sundry.yaml line 2, column 23: tasks.buy.weight: -1 is out of range; it must be at least 0 and at most 1000000000")]
    [InlineData("data: {train: a}\ntasks: {buy: {loss: huber}}", "sundry.yaml line 2, column 21: tasks.buy: the loss huber does not fit a binary task; use cross_entropy")]
    [InlineData("data: {train: a}\ntasks: {buy: {type: regression, positive: 1}}", "sundry.yaml line 2, column 43: tasks.buy: 'positive' is for binary tasks; remove it or set 'type: binary'")]
    [InlineData("data: {train: a}\ntasks: {buy: {where: a ~ 1}}", "sundry.yaml line 2, column 22: tasks.buy: character 3 of the condition 'a ~ 1': '~' is not expected; put names and values with such characters in quotes")]
    [InlineData("data: {train: a}\ntasks: {buy: {metric: aux}}", "sundry.yaml line 2, column 23: tasks.buy: 'aux' is not a metric of a binary task; did you mean 'auc'? (they are auc, pr_auc, logloss, normalized_entropy, calibration, ece, accuracy, precision, recall, f1)")]
    [InlineData("data: {train: a}\ntasks: {buy: {class_weights: balance}}", "sundry.yaml line 2, column 30: tasks.buy.class_weights: 'balance' is not one of none, balanced; did you mean 'balanced'?")]
    [InlineData("data: {train: a}\ntasks: {buy: {class_weights: {yes: -1}}}", "sundry.yaml line 2, column 30: tasks.buy.class_weights: the weight of class 'yes' must be a number of at least 0")]
    public void A_mistake_is_answered_by_one_sentence(string yaml, string message)
    {
        var error = Assert.Throws<InputException>(() => Read(yaml));
        Assert.Equal(message, error.Message);
        Assert.Equal("sundry.yaml", error.File);
    }

    [Theory]
    [InlineData("data: {train: a\nmodel: {}", 1)]
    [InlineData("data: 'abc", 1)]
    [InlineData("data:\n  train: a\n bad: b", 3)]
    [InlineData("data: {train: a}\nmodel: a: b", 2)]
    [InlineData("where: \"a\" = 1", 1)]
    public void Broken_yaml_is_answered_with_its_line(string yaml, int line)
    {
        var error = Assert.Throws<InputException>(() => Read(yaml));
        Assert.Equal(line, error.Line);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Whatever_is_written_the_answer_is_an_input_error_or_a_configuration()
    {
        const string Good = "name: x\ndata: {train: [a, 'b'], validation: 10%}\ntasks:\n  buy: {positive: \"1\", where: a = 1}\n  # end\nmodel:\n  layers:\n  - 1\n  - 2\n";
        const string Marks = "{}[]:,-?*&!|>'\"%@`#\n\t \\a0~\u00e9\ud83d";
        var random = new Random(7);
        for (int trial = 0; trial < 1000; trial++)
        {
            var text = Good.ToList();
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                int at = random.Next(text.Count);
                if (random.Next(2) == 0) text.RemoveAt(at);
                else text.Insert(at, Marks[random.Next(Marks.Length)]);
            }

            var yaml = new string([.. text]);
            var error = Record.Exception(() => Read(yaml));
            Assert.True(error is null or InputException, $"{error}\n{yaml}");
        }
    }

    [Theory]
    [InlineData(TaskType.Binary)]
    [InlineData(TaskType.Regression)]
    [InlineData(TaskType.Count)]
    [InlineData(TaskType.Multiclass)]
    public void Every_metric_of_a_type_can_be_named(TaskType type)
    {
        foreach (var metric in TaskMetrics.Names(type)) Assert.Equal(metric, Read($"{Start}tasks: {{a: {{type: {ConfigWords.Of(type)}, metric: {metric}}}}}").Tasks["a"].Metric);
        var error = Assert.Throws<InputException>(() => Read($"{Start}tasks: {{a: {{type: {ConfigWords.Of(type)}, metric: x}}}}"));
        Assert.EndsWith($"(they are {string.Join(", ", TaskMetrics.Names(type))})", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Depth_and_size_are_bounded()
    {
        var deep = Assert.Throws<InputException>(() => Read("data: " + new string('[', 100_000)));
        Assert.Equal("sundry.yaml line 1, column 31: the configuration is nested more than 24 levels deep", deep.Message);
        var large = Assert.Throws<InputException>(() => Read("#" + new string(' ', 9 << 20)));
        Assert.Equal("sundry.yaml: the configuration is larger than 8 MiB; is this the right file?", large.Message);
    }

    [Fact]
    public void Overrides_reach_every_value()
    {
        var options = Read(
            "data: {train: a.csv}\nfeatures: {age: numeric}\ntasks: {buy: {weight: 2}}\nmodel: {experts: 4, epochs: 3}",
            ("model.epochs", "5"), ("model.layers", "[8, 4]"), ("model.experts.layers", "32"), ("tasks.buy.weight", "0.5"), ("tasks.rate", "{type: regression}"),
            ("features.age.buckets", "4"), ("features.\"a.b\"", "categorical"), ("data.train", "*.csv"), ("data.validation", "20%"), ("name", "x y"), ("data.split.test", "0%"), ("model.threads", "auto"), ("tasks.buy.class_weights.yes", "3"));
        Assert.Equal(5, options.Model.Epochs);
        Assert.Equal([8, 4], options.Model.Layers);
        Assert.Equal((4, 32), (options.Model.Experts.Count, options.Model.Experts.Layers[0]));
        Assert.Equal(0.5, options.Tasks["buy"].Weight);
        Assert.Equal(3, options.Tasks["buy"].ClassWeights.ByClass["yes"]);
        Assert.Equal(TaskType.Regression, options.Tasks["rate"].Type);
        Assert.Equal((FeatureKind.Numeric, 4), (options.Features!["age"].Kind, options.Features["age"].Buckets));
        Assert.Equal(FeatureKind.Categorical, options.Features["a.b"].Kind);
        Assert.Equal(["*.csv"], options.Data.Train);
        Assert.Equal(new Share(0.2), options.Data.Validation.Share);
        Assert.Equal("x y", options.Name);
        Assert.Equal(0, options.Data.Split.Test.Value);
    }

    [Theory]
    [InlineData("model.epoch", "5", "--set model.epoch=5: unknown key 'epoch' in model; did you mean 'epochs'? (the keys here are optimizer, learning_rate, epochs, layers, shuffle, seed, threads, rates, experts)")]
    [InlineData("modl.epochs", "5", "--set modl.epochs=5: unknown key 'modl'; did you mean 'model'? (the keys here are name, data, features, exclude, tasks, model)")]
    [InlineData("model.epochs", "few", "--set model.epochs=few: model.epochs: 'few' is not a whole number")]
    [InlineData("model.epochs", "", "--set model.epochs=: model.epochs has no value; write one, or remove the key")]
    [InlineData("model.epochs.x", "1", "--set model.epochs.x=1: model.epochs is a single value and has no key 'x'; set it whole")]
    [InlineData("model.layers.0", "1", "--set model.layers.0=1: model.layers is a list and has no key '0'; set it whole")]
    [InlineData("features.age", "numeric", "--set features.age=numeric: features is 'auto' in the file and has no keys; set it whole")]
    [InlineData("model..epochs", "1", "--set model..epochs=1: the path before '=' is keys between dots, such as training.epochs=3; a name that holds a dot stands in double quotes")]
    [InlineData("tasks.buy.type", "x", "--set tasks.buy.type=x: tasks.buy.type: 'x' is not one of binary, regression, count, multiclass")]
    [InlineData("data.format", "xml", "--set data.format=xml: data.format: 'xml' is not one of auto, csv, tsv, jsonl")]
    public void A_mistaken_override_names_itself(string path, string value, string message)
    {
        var error = Assert.Throws<InputException>(() => Read("data: {train: a}\nfeatures: auto", (path, value)));
        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void Files_are_read_with_or_without_a_mark_of_their_encoding()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.Path("a.yaml"), [0xEF, 0xBB, 0xBF, .. "data: {train: é.csv}"u8]);
        Assert.Equal(["é.csv"], ConfigReader.ReadFile<SampleOptions>(folder.Path("a.yaml")).Data.Train);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_answered_by_one_sentence()
    {
        using var folder = new TemporaryFolder();
        var missing = folder.Path("no.yaml");
        Assert.Equal($"{missing}: there is no such file; 'sundry init FILE' writes a configuration, and -c names another", Assert.Throws<InputException>(() => ConfigReader.ReadFile<SampleOptions>(missing)).Message);
        Assert.Equal($"{folder.Root}: this is a folder, not a configuration file; name the file in it", Assert.Throws<InputException>(() => ConfigReader.ReadFile<SampleOptions>(folder.Root)).Message);
        var latin = folder.Path("latin.yaml");
        File.WriteAllBytes(latin, [.. "name: a\nname: caf"u8, 0xE9, (byte)'\n']);
        Assert.Equal($"{latin} line 2: the text is not UTF-8; save the file in UTF-8", Assert.Throws<InputException>(() => ConfigReader.ReadFile<SampleOptions>(latin)).Message);
    }

    private static SampleOptions Read(string yaml, params (string, string)[] set) =>
        ConfigReader.Read<SampleOptions>(yaml, "sundry.yaml", [.. set.Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2))]);
}
