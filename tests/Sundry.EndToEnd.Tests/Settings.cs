namespace Sundry.EndToEnd.Tests;

/// <summary>Configurations for <see cref="Shop"/>, with small models.</summary>
internal static class Settings
{
    public const string Features = """
        features:
          user: categorical
          item: categorical
          price: numeric
          age: numeric
          tags: multi_categorical
          device: categorical
        """;

    public const string Model = """
        model: {architecture: mmoe, embedding: 4, experts: {count: 2, layers: [8]}, tower: [4], dropout: 0}
        training: {batch: 64, epochs: 4, learning_rate: 0.01, schedule: constant, early_stopping: {patience: 0}}
        """;

    public const string FourTasks = """
        tasks:
          click: binary
          stars: {type: regression, where: click = 1}
          visits: count
          level: multiclass
        """;

    /// <summary>All four head types on train.csv and test.csv.</summary>
    public static string Four { get; } = string.Join('\n', "name: shop", "data: {train: train.csv, test: test.csv, validation: 15%}", Features, FourTasks, Model, "");

    /// <summary>Clicks alone, with the given lines under data.</summary>
    public static string Click(string data, string model = Model) => string.Join('\n', "name: shop", "data:", Indent(data), Features, "tasks: {click: binary}", model, "");

    private static string Indent(string lines) => string.Join('\n', lines.Split('\n').Select(line => "  " + line));
}
