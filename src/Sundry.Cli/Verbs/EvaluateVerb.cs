using System.CommandLine;
using Sundry.Models;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary><c>sundry evaluate</c>: judges a model on tables that hold labels.</summary>
internal static class EvaluateVerb
{
    public static Command Create()
    {
        var model = new Argument<string>("model") { Description = "The model's folder" };
        var tables = new TableSource();
        var json = ConfigSource.JsonOption();
        var verb = new Command("evaluate", "Judge a model on data with labels") { model };
        tables.AddTo(verb);
        verb.Options.Add(json);
        verb.SetAction(command =>
        {
            using var bundle = Bundle.Load(command.GetValue(model)!);
            using var reader = tables.Open(command, bundle);
            var predictions = TableEvaluation.Predict(bundle, reader, tables.SkipsBadRows(command), Exit.Stop, tables.Source(command));
            TableSource.ReportRefused(reader);
            var metrics = predictions.ToDictionary(p => p.Task.Name, p => p.Metrics(TrainingRun.Bootstrap));
            if (command.GetValue(json))
            {
                Terminal.Json(new
                {
                    Model = Path.GetFullPath(command.GetValue(model)!),
                    Rows = predictions[0].Labels.Length,
                    Tasks = metrics.ToDictionary(t => t.Key, t => t.Value.ToDictionary(m => m.Name, m => m.IsDefined ? m.Value : (double?)null)),
                    Intervals = metrics.ToDictionary(t => t.Key, t => t.Value.ToDictionary(m => m.Name, m => m.HasInterval ? new[] { m.Low, m.High } : [])),
                });
            }
            else
            {
                MetricTable.Write(metrics);
            }

            return Exit.Done;
        });
        return verb;
    }
}
