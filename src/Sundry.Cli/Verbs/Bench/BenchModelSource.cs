using System.CommandLine;
using Sundry.Models;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary>The options of a made-up model, the same for every benchmark that has one.</summary>
internal sealed class BenchModelSource
{
    private static readonly SyntheticModel s_usual = new();

    private readonly Option<int> _fields = NumberOption.Of("--fields", "Id columns", s_usual.Fields);
    private readonly Option<int> _rows = NumberOption.Of("--rows", "Rows of the embedding table, all fields together", s_usual.Rows);
    private readonly Option<int> _embedding = NumberOption.Of("--embedding", "Floats of an embedding", s_usual.Embedding);
    private readonly Option<int> _history = NumberOption.Of("--history", "Members of a history in each row, 0 for none", s_usual.History);
    private readonly Option<string> _encoder = BenchOptions.Word("--encoder", "What reads the history: mean, din, gru, attention or interests", s_usual.Encoder);
    private readonly Option<string> _architecture = new("--architecture") { Description = $"How tasks share: {string.Join(", ", Architectures.Names)}", DefaultValueFactory = _ => s_usual.Architecture, HelpName = "NAME" };
    private readonly Option<int> _experts = NumberOption.Of("--experts", "Experts of an mmoe", s_usual.Experts);
    private readonly Option<string> _layers = BenchOptions.List("--layers", "Layers of an expert", s_usual.Layers);
    private readonly Option<string> _bottom = BenchOptions.List("--bottom", "Layers of a shared bottom", s_usual.Bottom);
    private readonly Option<string> _tower = BenchOptions.List("--tower", "Hidden layers of a task's tower", s_usual.Tower);
    private readonly Option<int> _tasks = NumberOption.Of("--tasks", "Binary tasks", s_usual.Tasks);
    private readonly Option<string> _normalization = BenchOptions.Word("--normalization", "none, batch or layer", s_usual.Normalization);
    private readonly Option<double> _dropout = new("--dropout") { Description = "Share of hidden values that training sets to 0", DefaultValueFactory = _ => s_usual.Dropout, HelpName = "SHARE" };
    private readonly Option<int> _seed = NumberOption.Of("--seed", "Seed of the weights, the ids and the labels", s_usual.Seed);

    public void AddTo(Command verb)
    {
        foreach (Option option in new Option[] { _fields, _rows, _embedding, _history, _encoder, _architecture, _experts, _layers, _bottom, _tower, _tasks, _normalization, _dropout, _seed })
            verb.Options.Add(option);
    }

    public SyntheticModel Read(ParseResult command) => new()
    {
        Fields = command.GetValue(_fields),
        Rows = command.GetValue(_rows),
        Embedding = command.GetValue(_embedding),
        History = command.GetValue(_history),
        Encoder = BenchOptions.Read<SequenceEncoding>(command, _encoder),
        Architecture = command.GetValue(_architecture)!,
        Experts = command.GetValue(_experts),
        Layers = BenchOptions.Numbers(command, _layers),
        Bottom = BenchOptions.Numbers(command, _bottom),
        Tower = BenchOptions.Numbers(command, _tower),
        Tasks = command.GetValue(_tasks),
        Normalization = BenchOptions.Read<Normalization>(command, _normalization),
        Dropout = command.GetValue(_dropout),
        Seed = command.GetValue(_seed),
    };
}
