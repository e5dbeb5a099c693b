using System.Globalization;
using System.Text;
using Sundry.Data;

namespace Sundry.Simulator;

/// <summary>Writes related tasks as files: <c>train.csv</c>, <c>test.csv</c>, and a <c>sundry.yaml</c> that trains on them.</summary>
public static class TaskFolder
{
    /// <summary>The configuration's name in the folder.</summary>
    public const string Configuration = "sundry.yaml";

    private const int CancelEvery = 1024;

    /// <summary>The name of a task's column, and of the task; counted from 0.</summary>
    public static string TaskName(int task) => $"y{task + 1}";

    /// <summary>Simulates and writes. The folder appears under its name only when it is whole.</summary>
    /// <param name="options">The tasks.</param>
    /// <param name="folder">A folder that does not exist yet.</param>
    /// <param name="cancel">Stops the work; nothing is left behind.</param>
    /// <returns>Pearson's correlation of the labels of the first two tasks in the training table; 1 for one task. It is not the cosine of the weights: the sines see to that.</returns>
    /// <exception cref="InputException">An option is out of its range, or the folder exists.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static double Write(TaskDataOptions options, string folder, CancellationToken cancel = default)
    {
        var tasks = new RelatedTasks(options);
        return WholeFolder.Write(folder, partial =>
        {
            File.WriteAllText(Path.Combine(partial, Configuration), Text(options));
            var correlation = Write(tasks, options, Path.Combine(partial, "train.csv"), 0, options.Rows, cancel);
            Write(tasks, options, Path.Combine(partial, "test.csv"), options.Rows, options.TestRows, cancel);
            return correlation;
        });
    }

    /// <summary>The sundry.yaml of the tasks: the sizes are the paper's, 8 experts of 16 and towers of 8.</summary>
    public static string Text(TaskDataOptions options)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {options.Tasks} related tasks: cosine {options.Correlation} between their weights, {options.Features} inputs, {options.Sines} sines, seed {options.Seed}.\n");
        text.Append("# Ma et al., KDD 2018, section 3.2.\n");
        text.Append("name: tasks\ndata: {train: train.csv, test: test.csv, validation: 10%}\nfeatures:\n");
        for (var d = 1; d <= options.Features; d++) text.Append(CultureInfo.InvariantCulture, $"  x{d}: {{kind: numeric, encoding: standard, log: false}}\n");
        text.Append("tasks:\n");
        for (var k = 0; k < options.Tasks; k++) text.Append(CultureInfo.InvariantCulture, $"  {TaskName(k)}: {{type: regression, label: {TaskName(k)}}}\n");
        text.Append(CultureInfo.InvariantCulture, $$"""
            model:
              architecture: mmoe
              bottom: [16]
              experts: {count: 8, layers: [16]}
              tower: [8]
              normalization: none
              dropout: 0
            training:
              learning_rate: 3e-3
              batch: 256
              epochs: 20
              seed: {{options.Seed}}

            """);
        return text.ToString();
    }

    private static double Write(RelatedTasks tasks, TaskDataOptions options, string file, long first, int count, CancellationToken cancel)
    {
        using var rows = new RowWriter(File.Create(file));
        for (var d = 1; d <= options.Features; d++) rows.Text($"x{d}");
        for (var k = 0; k < options.Tasks; k++) rows.Text(TaskName(k));
        rows.EndRow();
        var (inputs, labels) = (new double[options.Features], new double[options.Tasks]);
        var (a, b, aa, bb, ab) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var row = 0; row < count; row++)
        {
            if (row % CancelEvery == 0) cancel.ThrowIfCancellationRequested();
            tasks.Draw(first + row, inputs, labels);
            foreach (var x in inputs) rows.Number(x, "F5");
            foreach (var y in labels) rows.Number(y, "F5");
            rows.EndRow();
            var (u, v) = (labels[0], labels[Math.Min(1, labels.Length - 1)]);
            (a, b, aa, bb, ab) = (a + u, b + v, aa + u * u, bb + v * v, ab + u * v);
        }

        return (ab - a * b / count) / Math.Sqrt((aa - a * a / count) * (bb - b * b / count));
    }
}
