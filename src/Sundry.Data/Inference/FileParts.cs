namespace Sundry.Data;

/// <summary>Files by the part of the data that their names say they hold.</summary>
/// <param name="Train">Training rows, and files whose names say nothing.</param>
/// <param name="Validation">Validation rows.</param>
/// <param name="Test">Test rows.</param>
internal sealed record FileParts(IReadOnlyList<string> Train, IReadOnlyList<string> Validation, IReadOnlyList<string> Test)
{
    /// <exception cref="InputException">No file is left to train on.</exception>
    public static FileParts Of(IReadOnlyList<string> files)
    {
        if (files.Count == 0) throw new InputException("no file is named; write 'sundry init FILE'");
        // of one file the name says nothing: somebody who has but a test.csv means it as the data
        if (files.Count == 1) return new FileParts(files, [], []);
        var train = new List<string>();
        var validation = new List<string>();
        var test = new List<string>();
        foreach (var file in files)
        {
            var words = ColumnWords.Of(Stem(file));
            var part = words.Any(word => word is "test" or "testing" or "holdout") ? test
                : words.Any(word => word is "validation" or "valid" or "val" or "dev" or "eval") ? validation : train;
            part.Add(file);
        }

        if (train.Count == 0) throw new InputException($"all files are test or validation files by their names ({string.Join(", ", files)}); name one with training rows too");
        return new FileParts(train, validation, test);
    }

    /// <summary>A file's name without folders and extensions.</summary>
    public static string Stem(string file)
    {
        var name = Path.GetFileName(file.TrimEnd('/', '\\'));
        int dot = name.IndexOf('.', 1);
        return dot > 0 ? name[..dot] : name;
    }
}
