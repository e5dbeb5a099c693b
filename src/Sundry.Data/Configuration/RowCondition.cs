using System.Globalization;

namespace Sundry.Data;

/// <summary>A part of a <see cref="RowFilter"/>.</summary>
internal abstract class RowCondition
{
    public abstract bool Holds(RowFilter.Field field);

    internal sealed class And(RowCondition left, RowCondition right) : RowCondition
    {
        public override bool Holds(RowFilter.Field field) => left.Holds(field) && right.Holds(field);
    }

    internal sealed class Or(RowCondition left, RowCondition right) : RowCondition
    {
        public override bool Holds(RowFilter.Field field) => left.Holds(field) || right.Holds(field);
    }

    internal sealed class Not(RowCondition inner) : RowCondition
    {
        public override bool Holds(RowFilter.Field field) => !inner.Holds(field);
    }

    internal sealed class In(int column, IReadOnlyList<RowValue> values) : RowCondition
    {
        public override bool Holds(RowFilter.Field field)
        {
            var text = field(column);
            for (int i = 0; i < values.Count; i++)
                if (values[i].CompareTo(text) == 0) return true;
            return false;
        }
    }

    internal sealed class Compare(int column, string sign, RowValue value) : RowCondition
    {
        public override bool Holds(RowFilter.Field field)
        {
            int? order = value.CompareTo(field(column));
            return sign switch
            {
                "=" => order == 0,
                "!=" => order != 0,
                "<" => order > 0,
                "<=" => order >= 0,
                ">" => order < 0,
                _ => order <= 0,
            };
        }
    }
}

/// <summary>A value that a field is compared with: a number where its text is one, else a text.</summary>
internal sealed class RowValue
{
    private readonly string _text;
    private readonly double? _number;

    public RowValue(string text)
    {
        _text = text;
        _number = TryNumber(text, out double number) ? number : null;
    }

    /// <summary>The sign of value − field; null where the value is a number and the field is none.</summary>
    public int? CompareTo(ReadOnlySpan<char> field)
    {
        if (_number is not { } number) return _text.AsSpan().CompareTo(field, StringComparison.Ordinal);
        return TryNumber(field, out double other) ? number.CompareTo(other) : null;
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
}
