using System.CommandLine;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary>The report of a verb that keeps no model: <c>report.html</c> in the folder of its results.</summary>
internal static class ReportFile
{
    /// <summary>Completes the report by what is the same in all of them, and writes it.</summary>
    /// <returns>The file's full path.</returns>
    public static string Write(ParseResult command, SundryOptions options, string folder, ReportModel model)
    {
        var file = Path.GetFullPath(Path.Combine(folder, "report.html"));
        WholeFile.Write(file, HtmlReport.Render(model with
        {
            Name = options.Name,
            Command = ConfigSource.CommandLine(command),
            Configuration = model.Configuration.Length > 0 ? model.Configuration : Data.ConfigWriter.ToYaml(options),
            Seed = (ulong)options.Training.Seed,
            Time = TimeProvider.System.GetUtcNow(),
            Environment = [new("Sundry", ConfigSource.Program), new(".NET", Environment.Version.ToString())],
        }));
        return file;
    }
}
