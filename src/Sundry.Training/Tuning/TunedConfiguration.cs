using Sundry.Data;

namespace Sundry.Training;

/// <summary>The configuration that a search ends with: complete, and usable from the folder that it is written to.</summary>
public static class TunedConfiguration
{
    /// <summary>The text of <c>tuned.yaml</c>.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="baseDirectory">The folder that the configuration's relative paths start from.</param>
    /// <param name="folder">The folder that it is written to.</param>
    public static string Write(TuneResult result, string baseDirectory, string folder)
    {
        var options = result.Winner.Options with { Tune = null };
        var set = new List<KeyValuePair<string, string>> { new("data.cache", ConfigWriter.Quote(Moved(options.Data.Cache))) };
        Move("data.train", options.Data.Train);
        if (options.Data.Log is { } log) set.Add(new("data.log", ConfigWriter.ToYaml(log.Moved(Moved))));
        Move("data.test", options.Data.Test);
        Move("data.validation.files", options.Data.Validation.Files);
        foreach (var (name, source) in options.Data.Sources)
        {
            var under = $"data.sources.{UsualSpace.Quoted(name)}";
            Move($"{under}.train", source.Train);
            Move($"{under}.test", source.Test);
            Move($"{under}.validation.files", source.Validation.Files);
        }

        var yaml = ConfigWriter.ToYaml(ConfigReader.Read<SundryOptions>(ConfigWriter.ToYaml(options), "the configuration", set));
        var settings = result.Winner.Settings.Count == 0 ? "nothing is changed" : string.Join(", ", result.Winner.Settings.Select(s => $"{s.Key}={s.Value}"));
        return $"# found by 'sundry tune': objective {result.Objective}, trial {result.Winner.Number} of {result.Trials.Count} ({OneLine(settings)})\n# {OneLine(result.Finding)}\n{yaml}";

        void Move(string path, IReadOnlyList<string> files)
        {
            if (files.Count > 0) set.Add(new(path, $"[{string.Join(", ", files.Select(f => ConfigWriter.Quote(Moved(f))))}]"));
        }

        string Moved(string path) => Path.IsPathRooted(path) ? path : Path.GetRelativePath(Path.GetFullPath(folder), Path.GetFullPath(path, Path.GetFullPath(baseDirectory))).Replace('\\', '/');
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
