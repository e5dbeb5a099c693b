using System.CommandLine;
using Sundry.Cli;
using Sundry.Data;
using Sundry.Training;

namespace Sundry.Tests.Cli;

public sealed class ConfigSourceTests
{
    [Fact]
    public void Overrides_keep_their_order_and_the_seed_comes_last()
    {
        var (source, command) = Parse("train", "--set", "training.seed=1", "--set", "model.tower=[4, 2]", "--seed", "9");
        Assert.Equal(["training.seed=1", "model.tower=[4, 2]", "training.seed=9"], source.Overrides(command).Select(o => $"{o.Key}={o.Value}"));
    }

    [Theory]
    [InlineData("a.b=c=d", "a.b", "c=d")]
    [InlineData("a=", "a", "")]
    public void The_first_equals_sign_parts_path_and_value(string setting, string path, string value) =>
        Assert.Equal(new KeyValuePair<string, string>(path, value), Assert.Single(ConfigSource.Parse([setting])));

    [Theory]
    [InlineData("a.b")]
    [InlineData("=c")]
    [InlineData("")]
    public void A_setting_without_path_or_value_is_refused(string setting) => Assert.Throws<InputException>(() => ConfigSource.Parse([setting]));

    [Fact]
    public void The_command_line_can_be_given_to_a_shell_again()
    {
        var (_, command) = Parse("train", "-c", "my file.yaml", "--set", "tasks.buy.where=x > 'a'");
        Assert.Equal(@"sundry train -c 'my file.yaml' --set 'tasks.buy.where=x > '\''a'\'''", ConfigSource.CommandLine(command));
    }

    [Fact]
    public void Paths_start_from_the_configurations_folder()
    {
        var (source, command) = Parse("train", "-c", "/some/where/sundry.yaml");
        Assert.Equal("/some/where", source.Folder(command));
    }

    [Fact]
    public void One_file_configures_training_and_serving()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("sundry.yaml", """
            data: {train: train.csv}
            tasks: {buy: binary}
            training: {epochs: 3}
            serve:
              vectors: model
              scenarios: {home: {candidates: 50}}
            http: {concurrent: 7}
            events: [wishlist]
            """);
        var (source, command) = Parse("train", "-c", file, "--set", "training.batch=64", "--set", "http.concurrent=8");
        var trained = source.Read(command);
        Assert.Equal((3, 64), (trained.Training.Epochs, trained.Training.Batch));
        var served = ConfigReader.ReadFile<ServeFile, SundryOptions>(file, source.Overrides(command));
        Assert.Equal((8, 50, "model"), (served.Http.Concurrent, served.Serve.Scenarios["home"].Candidates, served.Serve.Vectors));
        Assert.Equal(["wishlist"], served.Events);
        // what is kept with the model is of training alone
        Assert.DoesNotContain("wishlist", ConfigWriter.ToYaml(trained), StringComparison.Ordinal);
        Assert.Contains("did you mean 'tasks'", Assert.Throws<InputException>(() => ConfigReader.ReadFile<ServeFile, SundryOptions>(folder.Write("odd.yaml", "serve: {}\ndata: {train: a.csv}\ntask: {}\n"))).Message, StringComparison.Ordinal);
    }

    private static (ConfigSource Source, ParseResult Command) Parse(params string[] arguments)
    {
        var source = new ConfigSource();
        var verb = new Command("train");
        source.AddTo(verb);
        return (source, new RootCommand { verb }.Parse(arguments));
    }
}
