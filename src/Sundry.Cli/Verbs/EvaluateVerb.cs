using System.CommandLine;
using Sundry.Data;
using Sundry.Models;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary><c>sundry evaluate</c>: judges a model on tables that hold labels, or on rows of a log.</summary>
internal static class EvaluateVerb
{
    public static Command Create()
    {
        var model = new Argument<string>("model") { Description = "The model's folder" };
        var tables = new TableSource();
        var logs = new LogModelSource();
        var json = ConfigSource.JsonOption();
        var verb = new Command("evaluate", "Judge a model on tables with labels; one that was trained on a log, on the log's test rows or those of a later log") { model };
        tables.AddTo(verb);
        logs.AddTo(verb);
        verb.Options.Add(json);
        verb.SetAction(command =>
        {
            using var bundle = Bundle.Load(command.GetValue(model)!);
            var predictions = logs.Origin(command, command.GetValue(model)!, tables.Source(command)) is { } origin ? OfLog(command, bundle, origin) : OfTables(command, bundle);
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

        IReadOnlyList<TaskPredictions> OfTables(ParseResult command, Bundle bundle)
        {
            using var reader = tables.Open(command, bundle);
            var predictions = TableEvaluation.Predict(bundle, reader, tables.SkipsBadRows(command), Exit.Stop, tables.Source(command));
            TableSource.ReportRefused(reader);
            return predictions;
        }

        IReadOnlyList<TaskPredictions> OfLog(ParseResult command, Bundle bundle, LogOrigin origin)
        {
            var (source, trained) = (tables.Source(command), LogModelSource.Trained(bundle));
            LogModelSource.RefuseTables(tables.Files(command), "evaluate");
            using var display = new RunDisplay();
            var from = logs.From(command, command.GetValue(model)!, trained, origin, source, display);
            var log = logs.Read(command, command.GetValue(model)!, trained, origin, display);
            display.Doing($"judging rows from {LogTime.Text(from)} on");
            return LogEvaluation.Predict(bundle, new LogRows(bundle.Encoder, log, trained.Data, trained.Tasks, source), from, source, cancel: Exit.Stop);
        }
    }
}
