using System.Globalization;

namespace Sundry.Data;

/// <summary>Decides by a sample of its rows, and by its name, what a column is to the model.</summary>
public static class FeatureInference
{
    private const int FewValues = 10;
    private const int KeyRows = 20;
    private static readonly string[] s_separators = ["|", ";", ","];

    /// <summary>Looks at a column.</summary>
    /// <param name="sample">Rows of the column; those of the training part, where there are parts.</param>
    /// <param name="missing">The texts that mean that a value is missing.</param>
    /// <param name="markers">Whether further such texts may be proposed, so that a column of numbers and dashes is numeric.</param>
    public static FeatureVerdict Judge(ColumnSample sample, IReadOnlyList<string> missing, bool markers = false) => Judge(ColumnProfile.Of(sample, missing), missing, markers);

    internal static FeatureVerdict Judge(ColumnProfile column, IReadOnlyList<string> missing, bool markers)
    {
        var note = Say(column);
        if (column.Present == 0) return Out("no row has a value");
        if (column.Distinct == 1 && column.Missing == 0) return Out($"constant: always {Show(column, 0)}");
        if (ColumnWords.IsRowWeight(column.Name) && column.IsNumber) return Out("a row's weight, not a feature; data.weight would use it");
        if (column.IsDate) return In(FeatureKind.Date, note);
        if (IsKey(column)) return Out($"an identifier: {(column.Distinct == column.Present ? "every value is different" : note)}");
        if (column.IsNumber) return In(IsCategory(column) ? FeatureKind.Categorical : FeatureKind.Numeric, note);
        if (markers && column.Exceptions.Count > 0)
        {
            var without = Judge(ColumnProfile.Of(column.Sample, [.. missing, .. column.Exceptions]), missing, markers: false);
            if (without.Options?.Kind == FeatureKind.Numeric) return without with { Markers = column.Exceptions };
        }

        if (VectorInference.Of(column, missing) is { } vector) return vector;
        if (Bag(column, missing) is { } bag) return bag;
        if ((column.Words >= 2.5 && column.Distinct > column.Present * 0.5) || (column.Words >= 15 && column.Distinct > 100))
            return new(new FeatureOptions { Kind = FeatureKind.Text, Weights = TextWeights.Tfidf }, $"free text of {column.Words:0} words on average", []);
        if (column.Present >= KeyRows && column.Distinct > column.Present * 0.9) return Out($"an identifier or a name: {note}");
        return In(FeatureKind.Categorical, column.Distinct > column.Present * 0.5 ? note + ", most values are rare" : note);

        static FeatureVerdict In(FeatureKind kind, string note) => new(new FeatureOptions { Kind = kind }, note, []);
        static FeatureVerdict Out(string note) => new(null, note, []);
    }

    /// <summary>The values in a few words.</summary>
    internal static string Say(ColumnProfile column)
    {
        var text = column.Distinct.ToString("N0", CultureInfo.InvariantCulture) + " distinct";
        if (column is { IsNumber: true, Distinct: > 2 }) text += $", {Number(column.Least)} to {Number(column.Most)}";
        return column.Missing == 0 ? text : $"{text}, {ColumnProfile.Percent(column.Missing, column.Rows)} missing";
    }

    // a measure may differ in every row too, so that a number is a key only by its name or by counting up
    private static bool IsKey(ColumnProfile column)
    {
        if (column.Present < KeyRows || column.Distinct <= column.Present * 0.95 || !column.IsNumber || !column.IsWhole) return false;
        return ColumnWords.IsKey(column.Name) || (column.Distinct == column.Rows && column.Most - column.Least < column.Rows * 1.01 && ColumnWords.IsCode(column.Name) != false) || CountsUp(column);
    }

    // whole numbers that grow from row to row, in a sample of which rows may have been left out
    private static bool CountsUp(ColumnProfile column)
    {
        if (column.Distinct != column.Rows || ColumnWords.IsCode(column.Name) == false || ColumnWords.IsTime(column.Name)) return false;
        double last = double.NegativeInfinity;
        double step = double.NaN;
        foreach (int code in column.Sample.Codes)
        {
            if (!NumberText.TryParseDouble(column.Sample.Bytes(code), out double number)) return false;
            if (double.IsNaN(step) && double.IsFinite(last)) step = number - last;
            if (double.IsFinite(last) && number - last != step) return false;
            last = number;
        }

        return step > 0;
    }

    private static bool IsCategory(ColumnProfile column)
    {
        if (column.HasLeadingZeros || column.Distinct <= 2) return true;
        if (!column.IsWhole) return false;
        // numbers that fill 1 to 943 are a list of things, not a measure, where no name says otherwise
        bool dense = column.Distinct >= 200 && column.Least is 0 or 1 && column.Distinct > 0.9 * (column.Most - column.Least);
        return ColumnWords.IsCode(column.Name) ?? (column.Distinct <= FewValues || dense);
    }

    private static FeatureVerdict? Bag(ColumnProfile column, IReadOnlyList<string> missing)
    {
        foreach (var separator in s_separators)
        {
            long with = 0;
            long all = 0;
            double words = 0;
            var parts = new HashSet<string>(StringComparer.Ordinal);
            foreach (int code in column.Values)
            {
                var values = column.Sample.Text(code).Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
                if (values.Length > 1) with += column.Counts[code];
                foreach (var value in values)
                {
                    all += column.Counts[code];
                    words += column.Counts[code] * (1 + value.AsSpan().Count(' '));
                    parts.Add(value);
                }
            }

            // a comma stands in sentences and in names too: the parts must be short, and come again
            bool bar = separator == "|";
            if (with < column.Present * (bar ? 0.02 : 0.2) || column.Distinct < 3) continue;
            if (!bar && (words > all * 2.5 || all < parts.Count * 5 || (separator == "," && parts.Count >= column.Distinct))) continue;
            var options = new FeatureOptions { Kind = FeatureKind.MultiCategorical, Separator = separator };
            var note = $"{parts.Count:N0} distinct values, {(double)all / column.Present:0.0} a row";
            return new FeatureVerdict(options, column.Missing == 0 ? note : $"{note}, {ColumnProfile.Percent(column.Missing, column.Rows)} missing", []);
        }

        return null;
    }

    private static string Show(ColumnProfile column, int value) => $"'{column.Sample.Text(column.Values[value])}'";

    private static string Number(double value) => value.ToString(Math.Abs(value) < 1e7 && value == Math.Truncate(value) ? "0" : "0.####", CultureInfo.InvariantCulture);
}
