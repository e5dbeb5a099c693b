using System.Globalization;
using System.Text;
using Sundry.Data;
using Sundry.Training;

namespace Sundry.Tests.Training;

/// <summary>A small labelled table in a folder of its own, with the configuration that trains on it.</summary>
internal sealed class LabelledTable : IDisposable
{
    private const string Features = "features: {group: categorical, x: numeric, z: numeric}\n";
    private const string Model = "model: {architecture: mmoe, embedding: 4, experts: {count: 2, layers: [8]}, tower: [4], dropout: 0.1}\n";

    private readonly List<Dataset> _open = [];

    /// <summary>Writes train.csv.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="noise">0: labels follow the features; 1: labels are chance alone.</param>
    /// <param name="seed">The seed.</param>
    public LabelledTable(int rows = 600, double noise = 0, int seed = 1) => Write("train.csv", rows, noise, seed);

    public TemporaryFolder Folder { get; } = new();

    public string Root => Folder.Root;

    /// <summary>Writes another table with the same columns.</summary>
    public void Write(string name, int rows, double noise, int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder("group,x,z,buy,spend,count,kind\n");
        for (var row = 0; row < rows; row++)
        {
            var (group, x, z) = (random.Next(5), 2 * random.NextDouble() - 1, 2 * random.NextDouble() - 1);
            var signal = (1 - noise) * (2 * x + (group - 2));
            var buy = random.NextDouble() < 1 / (1 + Math.Exp(-2 * signal)) ? 1 : 0;
            text.Append(CultureInfo.InvariantCulture, $"g{group},{x:0.####},{z:0.####},{buy},{10 + 3 * signal + random.NextDouble():0.###},{random.Next(0, 3 + group)},{"abc"[Math.Clamp((int)(1.5 + signal + random.NextDouble() - 0.5), 0, 2)]}\n");
        }

        Folder.Write(name, text.ToString());
    }

    /// <summary>Options for two tasks, buy and spend.</summary>
    /// <param name="training">What is under training.</param>
    /// <param name="tasks">What is under tasks.</param>
    /// <param name="data">What is under data.</param>
    /// <param name="model">The model's line.</param>
    public static SundryOptions Options(string training, string tasks = "{buy: binary, spend: regression}", string data = "{train: train.csv, validation: 20%, split: {test: 0%}}", string model = Model) =>
        ConfigReader.Read<SundryOptions>($"name: small\ndata: {data}\n{Features}tasks: {tasks}\n{model}\ntraining: {training}\n", "sundry.yaml");

    /// <summary>Prepares; closed with the table.</summary>
    public Dataset Prepare(SundryOptions options)
    {
        var data = Dataset.Prepare(options.Request(Root));
        _open.Add(data);
        return data;
    }

    public void Dispose()
    {
        foreach (var data in _open) data.Dispose();
        Folder.Dispose();
    }
}
