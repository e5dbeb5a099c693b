using System.CommandLine;
using Sundry.Simulator;

namespace Sundry.Cli;

/// <summary><c>sundry simulate tasks</c>: regression tasks whose relatedness is set.</summary>
internal static class SimulateTasksVerb
{
    public static Command Create()
    {
        var usual = new TaskDataOptions();
        var output = new Option<string>("--out", "-o") { Description = "The folder to write", DefaultValueFactory = _ => "tasks", HelpName = "DIR" };
        var correlation = new Option<double>("--correlation") { Description = "Cosine between the weight vectors of any two tasks, from 0 to 1", DefaultValueFactory = _ => usual.Correlation, HelpName = "P" };
        var tasks = NumberOption.Of("--tasks", "Tasks", usual.Tasks);
        var rows = NumberOption.Of("--rows", "Rows of the training table; the test table has a fifth as many", usual.Rows);
        var features = NumberOption.Of("--features", "Inputs", usual.Features);
        var sines = NumberOption.Of("--sines", "Sines in a label", usual.Sines);
        var noise = new Option<double>("--noise") { Description = "Standard deviation of the labels' noise", DefaultValueFactory = _ => usual.Noise, HelpName = "SD" };
        var seed = NumberOption.Seed();
        var json = ConfigSource.JsonOption();
        var verb = new Command("tasks", "Write regression tasks whose relatedness is set, after section 3.2 of the MMoE paper (KDD 2018)");
        foreach (Option option in new Option[] { output, correlation, tasks, rows, features, sines, noise, seed, json }) verb.Options.Add(option);
        verb.SetAction(command =>
        {
            var options = new TaskDataOptions
            {
                Correlation = command.GetValue(correlation),
                Tasks = command.GetValue(tasks),
                Rows = command.GetValue(rows),
                TestRows = Math.Max(10, command.GetValue(rows) / 5),
                Features = command.GetValue(features),
                Sines = command.GetValue(sines),
                Noise = command.GetValue(noise),
                Seed = NumberOption.Seed(command, seed),
            };
            var folder = command.GetValue(output)!;
            var pearson = TaskFolder.Write(options, folder, Exit.Stop);
            if (command.GetValue(json)) Terminal.Json(new { Folder = Path.GetFullPath(folder), options.Correlation, LabelCorrelation = pearson, options.Tasks, options.Rows, options.TestRows });
            else Terminal.Say($"{options.Tasks} tasks, {options.Rows:N0} + {options.TestRows:N0} rows for training and testing; the labels of the first two correlate by {pearson:0.000}");
            Terminal.Say($"next: sundry train -c {Path.Combine(folder, TaskFolder.Configuration)}");
            return Exit.Done;
        });
        return verb;
    }
}
