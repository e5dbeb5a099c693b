namespace Sundry.Tests.Cli;

/// <summary>Every kind of wrong setting, refused with its line and the nearest right word.</summary>
[Collection(CommandLine.Name)]
public sealed class BadConfigurationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public BadConfigurationTests()
    {
        _folder.Write("train.csv", "user,price,buy\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"u{i % 7},{i % 13},{i % 2}\n")));
        _folder.Write("empty.csv", "user,churn\n");
    }

    public static TheoryData<string, string[]> Files => new()
    {
        { "", ["sundry.yaml", "empty", "sundry init"] },
        { "data: [", ["sundry.yaml line", "YAML"] },
        { "data: {train: train.csv}\ntasks:\n\tbuy: binary\n", ["sundry.yaml line 3"] },
        { "data: {train: train.csv}\ndata: {train: other.csv}\ntasks: {buy: binary}\n", ["sundry.yaml line 2", "data"] },
        { "tasks: {buy: binary}\n", ["'data'"] },
        { "data: {train: train.csv}\n", ["'tasks'"] },
        { "data: {train: train.csv}\ntasks: {}\n", ["'tasks'"] },
        { "data: {train: train.csv}\ntask: {buy: binary}\n", ["line 2", "'task'", "'tasks'"] },
        { "data: {trian: train.csv}\ntasks: {buy: binary}\n", ["line 1", "'trian'", "'train'"] },
        { "data: {train: train.csv}\ntasks: {buy: binry}\n", ["line 2", "'binry'", "'binary'"] },
        { "data: {train: train.csv}\ntasks: {buy: {type: binary, metric: acu}}\n", ["line 2", "'acu'", "'auc'"] },
        { "data: {train: train.csv}\ntasks: {buy: {type: binary, metric: rmse}}\n", ["line 2", "'rmse'", "logloss"] },
        { "data: {train: train.csv}\ntasks: {buy: {type: binary, where: price >> 3}}\n", ["line 2", "price >> 3"] },
        { "data: {train: train.csv}\ntasks: {buy: {type: binary, where: prise > 3}}\n", ["'prise'", "'price'"] },
        { "data: {train: train.csv}\ntasks: {buy: {type: binary, class_weights: balaced}}\n", ["line 2", "'balaced'", "'balanced'"] },
        { "data: {train: train.csv}\ntasks: {buy: {type: binary, loss: huber}}\n", ["line 2", "huber", "cross_entropy"] },
        { "data: {train: train.csv}\ntasks: {buy: {type: binary, weight: 2}}\n", ["'buy'", "weighted"] },
        { "data: {train: train.csv, validation: 0%}\ntasks: {buy: binary}\n", ["line 1", "validation"] },
        { "data: {train: train.csv, validation: none.csv}\ntasks: {buy: binary}\n", ["none.csv", "no such file"] },
        { "data: {train: train.csv, split: {by: time}}\ntasks: {buy: binary}\n", ["line 1", "column"] },
        { "data: {train: train.csv, split: {by: time, column: whn}}\ntasks: {buy: binary}\n", ["'whn'"] },
        { "data: {train: train.csv, sampling: {task: bye, negatives: 10%}}\ntasks: {buy: binary}\n", ["'bye'", "'buy'"] },
        { "data: {train: train.csv, on_bad_row: skp}\ntasks: {buy: binary}\n", ["line 1", "'skp'", "'skip'"] },
        { "data: {train: train.csv, header: false}\ntasks: {buy: binary}\n", ["line 1", "columns"] },
        { "data: {train: train.csv}\nfeatures: {user: categoric}\ntasks: {buy: binary}\n", ["line 2", "'categoric'", "'categorical'"] },
        { "data: {train: train.csv}\nfeatures: {usr: categorical}\ntasks: {buy: binary}\n", ["'usr'", "'user'"] },
        { "data: {train: train.csv}\nfeatures: {buy: numeric}\ntasks: {buy: binary}\n", ["'buy'", "label"] },
        { "data: {train: train.csv}\nexclude: [prise]\ntasks: {buy: binary}\n", ["'prise'", "'price'"] },
        { "data: {train: train.csv}\nexclude: [user, price]\ntasks: {buy: binary}\n", ["feature"] },
        { "data: {train: train.csv}\ntasks: {buy: binary}\nmodel: {architecture: mmeo}\n", ["line 3", "'mmeo'", "mmoe"] },
        { "data: {train: train.csv}\ntasks: {buy: binary}\nmodel: {dropout: 1.5}\n", ["line 3", "1.5", "0.95"] },
        { "data: {train: train.csv}\ntasks: {buy: binary}\nmodel: {experts: {count: 0}}\n", ["line 3", "count"] },
        { "data: {train: train.csv}\ntasks: {buy: binary}\nmodel: {tower: [0]}\n", ["line 3", "units"] },
        { "data: {train: train.csv}\ntasks: {buy: binary}\ntraining: {optimiser: adam}\n", ["line 3", "'optimiser'", "'optimizer'"] },
        { "data: {train: train.csv}\ntasks: {buy: binary}\ntraining: {optimizer: adm}\n", ["line 3", "'adm'", "'adam'"] },
        { "data: {train: train.csv}\ntasks: {buy: binary}\ntraining: {learning_rate: fast}\n", ["line 3", "'fast'", "not a number"] },
        { "data: {train: train.csv}\ntasks: {buy: binary}\ntraining: {learning_rate: 0}\n", ["line 3", "at least"] },
        { "data: {train: train.csv}\ntasks: {buy: binary}\ntraining: {epochs: 2.5}\n", ["line 3", "'2.5'", "whole number"] },
        { "data: {train: train.csv}\ntasks: {buy: binary}\ntraining: {balancing: weighed}\n", ["line 3", "'weighed'", "'weighted'"] },
        { "data: {train: train.csv}\ntasks: {buy: binary}\ntraining: {early_stopping: {metric: bye}}\n", ["'bye'", "'buy'"] },
        { "data: {train: train.csv}\ntasks: {buy: binary}\ntraining: {early_stopping: {metric: buy.acu}}\n", ["'acu'", "'auc'"] },
        { "data: {train: train.csv}\ntasks: {buy: binary}\ntraining: {early_stopping: {weights: {bye: 2}}}\n", ["'bye'", "'buy'"] },
        { "data: {train: train.csv, sources: {users: users.csv}}\ntasks: {buy: binary, churn: {type: binary, source: usrs}}\n", ["line 2", "'usrs'", "'users'"] },
        { "data: {train: train.csv}\ntasks: {buy: binary, churn: {type: binary, source: users}}\n", ["line 2", "'users'", "data.sources"] },
        { "data: {train: train.csv, sources: {users: users.csv}}\ntasks: {buy: binary}\n", ["line 1", "'users'", "no task"] },
        { "data: {train: train.csv, sources: {users: users.csv}}\ntasks: {churn: {type: binary, source: users}}\n", ["line 1", "data.train", "no task"] },
        { "data: {train: train.csv, sources: {main: users.csv}}\ntasks: {buy: binary}\n", ["line 1", "'main'", "another name"] },
        { "data: {train: train.csv, sources: {users: {test: users.csv}}}\ntasks: {buy: binary, churn: {type: binary, source: users}}\n", ["line 1", "'train'"] },
        { "data: {train: train.csv, sources: {users: users.csv}}\ntasks: {buy: binary, churn: {type: binary, source: users, after: buy}}\n", ["line 2", "'main'", "'users'", "'after'"] },
        { "data: {train: train.csv, sources: {users: users.csv}}\ntasks: {buy: binary, churn: {type: binary, source: users, at_most: buy}}\n", ["line 2", "'at_most'"] },
        { "data: {train: train.csv, sources: {users: users.csv}}\ntasks: {buy: binary, churn: {type: binary, source: users}}\n", ["users.csv", "no such file"] },
        { "data: {train: train.csv, sources: {users: empty.csv}}\ntasks: {buy: binary, churn: {type: binary, source: users}}\n", ["empty.csv", "no row"] },
        { "data: {train: train.csv, sources: {users: train.csv}}\ntasks: {buy: binary, churn: {type: binary, source: users}}\n", ["train.csv", "'churn'", "label"] },
        { "data: {train: train.csv, sources: {users: users.csv}}\ntasks: {buy: binary, churn: {type: binary, source: users}}\ntraining: {sources: in_trun}\n", ["line 3", "'in_trun'", "'in_turn'"] },
        { "data: {train: train.csv, sources: {users: users.csv}}\ntasks: {buy: binary, churn: {type: binary, source: users}}\ntraining: {sources: {draw: mixed, temperature: 3}}\n", ["line 3", "temperature"] },
        { "data: {train: train.csv, sources: {users: users.csv}}\ntasks: {buy: binary, churn: {type: binary, source: users}}\ntraining: {sources: in_turn}\nmodel: {normalization: layer}\n", ["users.csv"] },
        { "data: {train: train.csv, sources: {users: users.csv}}\ntasks: {buy: binary, churn: {type: binary, source: users}}\ntraining: {sources: in_turn}\nmodel: {normalization: batch}\n", ["line 4", "in_turn", "layer"] },
        { "data: {train: train.csv, sources: {users: users.csv}}\ntasks: {buy: binary, churn: {type: binary, source: users}}\ntraining: {sources: in_turn, balancing: pcgrad}\nmodel: {normalization: layer}\n", ["line 3", "pcgrad", "mixed"] },
        { "data: {train: train.csv, sources: {users: users.csv}}\ntasks: {buy: binary, churn: {type: binary, source: users}}\nmodel: {experts: {load_balance: 0.1}}\n", ["line 3", "load_balance"] },
        { "data: {train: train.csv, sources: {users: users.csv}}\ntasks: {buy: binary, add: {type: binary, label: user}, churn: {type: binary, source: users}}\nmodel: {architecture: escm2}\n", ["line 3", "escm2", "source"] },
        { "data: {train: train.csv}\ntasks: {price: {type: regression, sampling: 10%}}\n", ["line 2", "sampling"] },
        { "data: {train: train.csv}\ntasks: {buy: {type: binary, sampling: 0%}}\n", ["line 2", "0%"] },
        { "data: {train: train.csv}\ntasks: {buy: {type: binary, sampling: {positives: 0.5}}}\n", ["line 2", "0.5"] },
        { "data: {train: train.csv}\ntasks: {add: {type: binary, label: user}, buy: {type: binary, after: add, sampling: 10%}}\nmodel: {architecture: esmm}\n", ["line 3", "'buy'", "sampl"] },
        { "data: {train: train.csv}\ntasks: {buy: binary}\nserve: {scenarios: {home: {candidats: 3}}}\n", ["line 3", "serve.scenarios.home", "'candidats'", "'candidates'"] },
        { "data: {train: train.csv}\ntasks: {buy: binary}\nserve: {rules: {odd: {filters: ['price <']}}}\n", ["line 3", "serve.rules.odd", "filters[0].where"] },
        { "data: {train: train.csv}\ntasks: {buy: binary}\nhttp: {concurrent: 0}\n", ["line 3", "http.concurrent"] },
        { "data: {train: train.csv}\nserve: {}\n", ["'tasks'"] },
        { "name: ../up\ndata: {train: train.csv}\ntasks: {buy: binary}\n", ["line 1", "'../up'"] },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_setting_that_is_wrong_is_refused(string yaml, string[] parts)
    {
        _folder.Write("sundry.yaml", yaml);
        var sentence = CommandLine.Refusal("prepare", "-c", _folder.Path("sundry.yaml"));
        Assert.All(parts, part => Assert.True(sentence.Contains(part, StringComparison.Ordinal), $"'{part}' is missing in: {sentence}"));
        Assert.False(Directory.Exists(_folder.Path(".sundry")) && Directory.GetDirectories(_folder.Path(".sundry")).Length > 0);
    }

    [Theory]
    [InlineData("training.epochs", "no '='")]
    [InlineData("training.epoch=3", "'epochs'")]
    [InlineData("training.epochs=many", "'many'")]
    [InlineData("trainig.epochs=3", "'training'")]
    [InlineData("training..epochs=3", "training..epochs=3")]
    public void An_override_that_is_wrong_is_refused(string set, string part)
    {
        _folder.Write("sundry.yaml", "data: {train: train.csv}\ntasks: {buy: binary}\n");
        Assert.Contains(part, CommandLine.Refusal("prepare", "-c", _folder.Path("sundry.yaml"), "--set", set), StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_that_is_none_is_refused()
    {
        Assert.Contains("sundry init", CommandLine.Refusal("train", "-c", _folder.Path("none.yaml")), StringComparison.Ordinal);
        Assert.Contains("this is a folder", CommandLine.Refusal("train", "-c", _folder.Root), StringComparison.Ordinal);
        File.WriteAllBytes(_folder.Path("bytes.yaml"), [(byte)'a', (byte)':', (byte)' ', 0xff, 10]);
        Assert.Contains("UTF-8", CommandLine.Refusal("train", "-c", _folder.Path("bytes.yaml")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--architectures", "mmoe,pel", "'pel'", "'ple'")]
    [InlineData("--balancers", "eqal", "'eqal'", "'equal'")]
    [InlineData("--seeds", "0", "0", "from 1 to 100")]
    [InlineData("--seeds", "three", "three", "--seeds")]
    public void A_comparison_that_cannot_be_made_is_refused(string option, string value, string wrong, string right)
    {
        _folder.Write("sundry.yaml", "data: {train: train.csv}\ntasks: {buy: binary}\n");
        var sentence = CommandLine.Refusal("compare", "-c", _folder.Path("sundry.yaml"), option, value);
        Assert.Contains(wrong, sentence, StringComparison.Ordinal);
        Assert.Contains(right, sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--events", "10", "10000")]
    [InlineData("--events", "-1", "10000")]
    [InlineData("--events", "many", "whole number")]
    [InlineData("--seed", "-1", "from 0")]
    [InlineData("--seed", "x", "whole number")]
    public void A_demo_that_cannot_be_made_is_refused_and_leaves_nothing(string option, string value, string part)
    {
        var sentence = CommandLine.Refusal("demo", "--out", _folder.Path("demo"), option, value);
        Assert.Contains(value, sentence, StringComparison.Ordinal);
        Assert.Contains(part, sentence, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.Path("demo")));
    }

    [Fact]
    public void An_output_that_is_taken_is_refused_before_any_work()
    {
        _folder.Write("sundry.yaml", "data: {train: train.csv}\ntasks: {buy: binary}\n");
        Directory.CreateDirectory(_folder.Path("taken"));
        File.WriteAllText(_folder.Path("taken/note.txt"), "mine");
        string[] Train(params string[] more) => ["train", "-c", _folder.Path("sundry.yaml"), .. more];
        Assert.Contains("--force", CommandLine.Refusal(Train("--out", _folder.Path("taken"))), StringComparison.Ordinal);
        Assert.Contains("holds no model", CommandLine.Refusal(Train("--out", _folder.Path("taken"), "--force")), StringComparison.Ordinal);
        Assert.Contains("is a file", CommandLine.Refusal(Train("--out", _folder.Path("train.csv"))), StringComparison.Ordinal);
        Assert.Contains("is a file", CommandLine.Refusal("compare", "-c", _folder.Path("sundry.yaml"), "--out", _folder.Path("train.csv")), StringComparison.Ordinal);
        Assert.Contains("is a file", CommandLine.Refusal("demo", "--out", _folder.Path("train.csv")), StringComparison.Ordinal);
        Assert.Contains("--force", CommandLine.Refusal("demo", "--out", _folder.Path("taken")), StringComparison.Ordinal);
        Assert.Contains("note.txt", CommandLine.Refusal("demo", "--out", _folder.Path("taken"), "--force"), StringComparison.Ordinal);
        Assert.Contains("cannot be written", CommandLine.Refusal(Train("--out", _folder.Path("train.csv/model"))), StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(_folder.Path("taken/note.txt")));
    }

    public void Dispose() => _folder.Dispose();
}
