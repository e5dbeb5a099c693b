using System.Globalization;
using Sundry.Data;

namespace Sundry.Tests;

public class ConfigWriterTests
{
    [Fact]
    public void Every_default_is_written()
    {
        var options = ConfigReader.Read<SampleOptions>("data: {train: a.csv}\nfeatures: {age: numeric}\ntasks: {buy: {positive: '1'}}", "c");
        Assert.Equal(
            """
            name: sundry
            data:
              train: [a.csv]
              validation: 10%
              split:
                by: auto
                test: 20%
              format: auto
              on_bad_row: stop
              max_bad_rows: 50%
              missing: ["", NA, N/A, n/a, NaN, nan, "NULL", "null", "\\N", "?"]
              cache: .sundry
              leak_threshold: 0.995
              seed: 1
            features:
              age:
                kind: numeric
                min_count: 2
                encoding: both
                buckets: 32
                separator: "|"
                pooling: mean
                by: user
                measure: count
                field: price
                prior: 20
                tree: false
                level: own
                beside: [event, age]
                sample: recent
                tokens: words
                grams: 1
                weights: none
                normalize: standard
            tasks:
              buy:
                type: binary
                source: main
                delayed: mask
                absent: false
                positive: ["1"]
                weight: 1
                main: true
                gradient:
                  representation: 1
                  shared: 1
                  embedding: 1
                loss: auto
                delta: 1
                label_smoothing: 0
                focal: 0
                class_weights: none
                sampling:
                  negatives: 100%
                  positives: 1
            model:
              optimizer: adam
              learning_rate: 0.001
              epochs: 10
              layers: [256, 128]
              shuffle: true
              seed: 1
              experts:
                count: 8
                layers: [16]

            """,
            ConfigWriter.ToYaml(options));
    }

    [Fact]
    public void What_equals_its_default_can_be_left_out()
    {
        const string Yaml = """
            data:
              train: [a.csv, "*.csv"]
              validation: [b.csv]
              missing: []
            features:
              age: numeric
              "x: y":
                kind: categorical
                hash: 100
            tasks:
              buy: binary
              single:
                positive: ["Never married"]
                class_weights:
                  Never married: 2
            model:
              experts: 4

            """;
        // a map's value that is all defaults still needs its name
        var written = ConfigWriter.ToYaml(ConfigReader.Read<SampleOptions>(Yaml, "c"), changedOnly: true);
        Assert.Equal(Yaml.Replace("buy: binary", "buy: {}", StringComparison.Ordinal).Replace("\"Never married\"", "Never married", StringComparison.Ordinal), written);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_written_reads_as_the_same_options(bool changedOnly)
    {
        var random = new Random(3);
        for (int trial = 0; trial < 300; trial++)
        {
            var options = Any(random);
            var yaml = ConfigWriter.ToYaml(options, changedOnly);
            var read = ConfigReader.Read<SampleOptions>(yaml, "round.yaml");
            Assert.Equal(ConfigWriter.ToCanonical(options), ConfigWriter.ToCanonical(read));
            Assert.Equal(yaml, ConfigWriter.ToYaml(read, changedOnly));
        }
    }

    [Fact]
    public void The_canonical_text_does_not_depend_on_how_the_options_were_written()
    {
        var a = ConfigReader.Read<SampleOptions>("data: {train: a, validation: 0.1}\nfeatures: {age: numeric}\nmodel: {learning_rate: 0.001}", "a");
        var b = ConfigReader.Read<SampleOptions>("model:\n  learning_rate: 1e-3\nfeatures:\n  age: {kind: numeric}\ndata:\n  train: ['a']", "b");
        Assert.Equal(ConfigWriter.ToCanonical(a), ConfigWriter.ToCanonical(b));
        Assert.Contains("data.train[0] = a\n", ConfigWriter.ToCanonical(a), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("data/*.csv", "data/*.csv")]
    [InlineData("", "\"\"")]
    [InlineData("null", "\"null\"")]
    [InlineData("No", "\"No\"")]
    [InlineData("1", "\"1\"")]
    [InlineData("- 50000.", "\"- 50000.\"")]
    [InlineData("a: b", "\"a: b\"")]
    [InlineData("a ", "\"a \"")]
    [InlineData("say \"x\\y\"\n", "\"say \\\"x\\\\y\\\"\\n\"")]
    public void Texts_are_quoted_where_they_need_it(string text, string yaml) => Assert.Equal(yaml, ConfigWriter.Quote(text));

    [Theory]
    [InlineData(0.1, "10%")]
    [InlineData(0.07, "7%")]
    [InlineData(0.005, "0.5%")]
    [InlineData(0, "0%")]
    [InlineData(1, "100%")]
    [InlineData(1.0 / 3, "0.3333333333333333")]
    public void Shares_are_percentages_where_these_are_exact(double value, string text)
    {
        Assert.Equal(text, new Share(value).ToString());
        Assert.True(Share.TryParse(text, out var share));
        Assert.Equal(value, share.Value);
    }

    private static SampleOptions Any(Random random)
    {
        var features = new OrderedDictionary<string, FeatureOptions>();
        for (int i = random.Next(4); i > 0; i--)
        {
            features[Text(random) + i] = new FeatureOptions
            {
                Kind = (FeatureKind)random.Next(5),
                MinCount = random.Next(1, 4),
                Hash = random.Next(2) == 0 ? null : random.Next(2, 1000),
                Log = random.Next(3) switch { 0 => null, 1 => true, _ => false },
                Separator = Text(random) + "|",
            };
        }

        var tasks = new OrderedDictionary<string, TaskOptions>();
        for (int i = random.Next(4); i > 0; i--)
        {
            var weights = new OrderedDictionary<string, double>();
            for (int k = random.Next(3); k > 0; k--) weights[Text(random) + k] = random.NextDouble();
            tasks[Text(random) + i] = new TaskOptions
            {
                Label = random.Next(2) == 0 ? null : Text(random) + "x",
                Positive = [.. Enumerable.Range(0, random.Next(3)).Select(_ => Text(random))],
                Weight = random.NextDouble() * Math.Pow(10, random.Next(-9, 9)),
                ClassWeights = new ClassWeightOptions { Rule = (ClassWeightRule)random.Next(2), ByClass = weights },
                Metric = random.Next(2) == 0 ? null : "auc",
            };
        }

        return new SampleOptions
        {
            Name = Text(random),
            Data = new DataOptions
            {
                Train = [Text(random), Text(random)],
                Validation = random.Next(2) == 0 ? new() { Share = new Share(0.01 + (random.NextDouble() / 2)) } : new() { Files = [Text(random), "b"] },
                Split = random.Next(2) == 0 ? new() : new() { By = SplitRule.User, Column = Text(random) + "u" },
                Missing = [.. Enumerable.Range(0, random.Next(3)).Select(_ => Text(random))],
                Header = random.Next(2) == 0 ? null : true,
                Sampling = random.Next(2) == 0 ? null : new() { Task = Text(random), Negatives = new Share(0.5) },
            },
            Features = random.Next(3) == 0 ? null : features,
            Tasks = tasks,
            Model = new SampleModel { LearningRate = random.NextDouble(), Layers = [.. Enumerable.Range(0, random.Next(3))], Threads = random.Next(2) == 0 ? null : 2, Experts = new SampleExperts { Count = random.Next(1, 9) } },
        };
    }

    private static string Text(Random random)
    {
        string[] texts = ["", " ", "a", "b c", "null", "~", "true", "1", "1e-3", "- 50000.", "50000+.", "a: b", "#x", "a #b", "[", "{a", "\"", "'", "\\", "\t", "\n", "é", "日本", "\U0001F600", "*", "%", "no", "auto", "a,b", "?", "|", ">", "::", "\u0085", "\ufeff", "10%"];
        return string.Concat(Enumerable.Range(0, random.Next(1, 3)).Select(_ => texts[random.Next(texts.Length)])).ToString(CultureInfo.InvariantCulture);
    }
}
