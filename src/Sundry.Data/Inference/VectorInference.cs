namespace Sundry.Data;

/// <summary>Recognises vectors: in a column whose every value is a list of as many numbers, and in a matrix in a file whose keys are a column's values.</summary>
internal static class VectorInference
{
    private const int FewestNumbers = 3;
    private const double KnownShare = 0.5;
    private static readonly string[] s_separators = ["|", ";", ",", " "];

    /// <summary>The verdict on a column of lists of numbers; null where it is none: all values but those that were cut have as many numbers, and not all of these are whole, as ids are.</summary>
    public static FeatureVerdict? Of(ColumnProfile column, IReadOnlyList<string> missing)
    {
        foreach (var separator in s_separators)
            if (Width(column, separator, new MissingTexts(missing)) is { } width)
            {
                var note = width > 0 ? $"vectors of {width} numbers" : "vectors";
                return new FeatureVerdict(new FeatureOptions { Kind = FeatureKind.Vector, Separator = separator }, column.Missing == 0 ? note : $"{note}, {ColumnProfile.Percent(column.Missing, column.Rows)} missing", []);
            }

        return null;
    }

    /// <summary>The feature that a matrix makes with the column whose values most often are its keys.</summary>
    /// <param name="matrix">A file as NumPy's save writes it.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="folder">What paths in the configuration are relative to.</param>
    /// <exception cref="InputException">It is no matrix, no list of its keys lies beside it, or no column holds them.</exception>
    public static (string Name, FeatureVerdict Verdict) Of(string matrix, IReadOnlyList<ColumnProfile> columns, string folder)
    {
        long rows;
        int width;
        using (var file = NpyFile.Open(matrix)) (rows, width) = (file.Rows, file.Width);
        var beside = Path.GetDirectoryName(Path.GetFullPath(matrix))!;
        var stem = FileParts.Stem(matrix);
        string[] names = [stem + ".txt", stem + "_ids.txt", stem + "_keys.txt", "ids.txt", "keys.txt"];
        var list = names.Select(name => Path.Combine(beside, name)).FirstOrDefault(File.Exists)
            ?? throw new InputException($"no list of the keys of its {rows:N0} rows lies beside it; write one key a line, in the rows' order, into {names[0]}", matrix);
        var keys = File.ReadLines(list).ToHashSet(StringComparer.Ordinal);
        double Share(ColumnProfile column) => column.Distinct == 0 ? 0 : column.Values.Count(code => keys.Contains(column.Sample.Text(code))) / (double)column.Distinct;
        var of = columns.MaxBy(Share);
        if (of is null || Share(of) < KnownShare) throw new InputException($"no column's values are its keys (the first is '{keys.FirstOrDefault()}'); leave the matrix out, or mend its keys", list);
        string Place(string path) => Path.GetRelativePath(Path.GetFullPath(folder), Path.GetFullPath(path)).Replace('\\', '/');
        var options = new FeatureOptions { Kind = FeatureKind.Vector, Of = [of.Name], File = Place(matrix), Keys = Place(list) };
        var name = columns.Any(column => column.Name == stem) ? stem + "_vector" : stem;
        return (name, new FeatureVerdict(options, $"{rows:N0} vectors of {width} numbers; {ColumnProfile.Percent((long)(1000 * Share(of)), 1000)} of the values of {of.Name} have one", []));
    }

    // 0 where every value was cut, so that nobody knows
    private static int? Width(ColumnProfile column, string separator, MissingTexts missing)
    {
        var numbers = Array.Empty<float>();
        int width = 0;
        bool fractions = false;
        foreach (int code in column.Values)
        {
            var text = column.Sample.Bytes(code);
            bool cut = text.Length >= ColumnSample.LongestText;
            // the last of its numbers may have lost its end
            if (cut) text = text[..Math.Max(0, text.LastIndexOf((byte)separator[0]))];
            if (VectorText.Read(text, System.Text.Encoding.UTF8.GetBytes(separator), missing, ref numbers, out int count) is not null || count < FewestNumbers) return null;
            fractions |= text.Contains((byte)'.');
            if (cut) continue;
            if (width > 0 && count != width) return null;
            width = count;
        }

        return fractions ? width : null;
    }
}
