using System.CommandLine;
using Sundry.Data;
using Sundry.Models;
using Sundry.Serving;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary><c>sundry predict</c>: writes the rows of a table, or of a log, with one prediction a task.</summary>
internal static class PredictVerb
{
    public static Command Create()
    {
        var model = new Argument<string>("model") { Description = "The model's folder" };
        var tables = new TableSource();
        var logs = new LogModelSource();
        var output = new Option<string?>("--out", "-o") { Description = "The file to write; by default stdout", HelpName = "FILE" };
        var rank = new Option<bool>("--rank") { Description = "Two more columns: value, by the model's ranking, and rank within the row's group; rows of a log come list by list, best first" };
        var force = new Option<bool>("--force") { Description = "Replace the output file" };
        var all = new Option<bool>("--all-tasks") { Description = "Predict the tasks with 'main: false' too, which only helped the others to learn" };
        var verb = new Command("predict", "Write the rows of a table with one column p_TASK a task: probability, value, expected count, or class; of a model that was trained on a log, the log's test rows or those of a later log") { model };
        tables.AddTo(verb);
        logs.AddTo(verb);
        verb.Options.Add(output);
        verb.Options.Add(rank);
        verb.Options.Add(force);
        verb.Options.Add(all);
        verb.SetAction(command =>
        {
            var place = command.GetValue(output);
            if (place is not null && Path.Exists(place) && !command.GetValue(force))
                throw new InputException("the output file exists; give another --out, or --force to replace it", place);
            if (Directory.Exists(place)) throw new InputException("the output is a folder; name a file in it", place);
            using var bundle = Bundle.Load(command.GetValue(model)!);
            if (logs.Origin(command, command.GetValue(model)!, tables.Source(command)) is { } origin)
            {
                OfLog(command, bundle, origin, place);
                return Exit.Done;
            }

            using var reader = tables.Open(command, bundle);
            var (source, helpers) = (tables.Source(command), command.GetValue(all));
            using var job = command.GetValue(rank) ? null : new PredictionJob(bundle, source, helpers);
            using var ranked = command.GetValue(rank) ? new RankedPredictionJob(bundle, source, helpers) : null;
            using var display = new RunDisplay();
            // rows and bars would stand in one another's way
            Action<long>? progress = place is null ? null : display.Scoring;
            var skip = tables.SkipsBadRows(command);
            long Write(Stream stream) => ranked?.Run(reader, stream, skip, progress, Exit.Stop) ?? job!.Run(reader, stream, skip, progress, Exit.Stop);
            if (place is null)
            {
                ToStdout(stream => Write(stream));
            }
            else
            {
                var rows = WholeFile.Write(place, Write);
                display.Dispose();
                Terminal.Say($"{rows:N0} rows in {place}");
            }

            TableSource.ReportRefused(reader);
            return Exit.Done;
        });
        return verb;

        void OfLog(ParseResult command, Bundle bundle, LogOrigin origin, string? place)
        {
            var (source, trained) = (tables.Source(command), LogModelSource.Trained(bundle));
            LogModelSource.RefuseTables(tables.Files(command), "predict");
            var (ranks, helpers) = (command.GetValue(rank), command.GetValue(all));
            using var job = ranks ? null : new LogPredictionJob(bundle, source, helpers);
            using var ranked = ranks ? new RankedLogPredictionJob(bundle, source, helpers) : null;
            using var display = new RunDisplay();
            var from = logs.From(command, command.GetValue(model)!, trained, origin, source, display);
            var log = logs.Read(command, command.GetValue(model)!, trained, origin, display, keepIds: true);
            var rows = new LogRows(bundle.Encoder, log, trained.Data, trained.Tasks, source);
            if (place is null)
            {
                ToStdout(stream => Write(stream, null));
                return;
            }

            var written = WholeFile.Write(place, stream => Write(stream, display.Scoring));
            display.Dispose();
            Terminal.Say($"{written:N0} rows, from {LogTime.Text(from)} on, in {place}");

            long Write(Stream stream, Action<long>? progress) => ranked?.Run(log, rows, from, stream, progress, Exit.Stop) ?? job!.Run(log, rows, from, stream, progress, Exit.Stop);
        }
    }

    private static void ToStdout(Action<Stream> write)
    {
        try
        {
            using var stdout = new BufferedStream(Console.OpenStandardOutput(), 1 << 16);
            write(stdout);
        }
        catch (IOException e)
        {
            throw WholeFile.Refused(e, "stdout");
        }
    }
}
