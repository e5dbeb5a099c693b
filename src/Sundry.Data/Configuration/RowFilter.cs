namespace Sundry.Data;

/// <summary>
/// A condition on a row's fields, as in a task's <c>where:</c>. Comparisons <c>=  !=  &lt;  &lt;=  &gt;  &gt;=</c> and <c>in [a, b]</c>, <c>not in [a, b]</c> (round brackets too)
/// stand between a column and a value; <c>and</c>, <c>or</c>, <c>not</c> and parentheses join them. A name or value with other characters than letters,
/// digits and <c>_ . - +</c> stands in quotes, single or double; a quote inside is doubled. Where the value is a number the comparison is
/// numeric (<c>1.0 = 1</c>), and a field that is no number equals it not and is not ordered with it; otherwise texts are compared ordinally, so ISO dates compare as dates.
/// </summary>
public sealed class RowFilter
{
    private readonly RowCondition _condition;

    private RowFilter(string text, RowCondition condition, IReadOnlyList<string> columns)
    {
        Text = text;
        _condition = condition;
        Columns = columns;
    }

    /// <summary>A field's text, by its place in <see cref="Columns"/>.</summary>
    public delegate ReadOnlySpan<char> Field(int column);

    /// <summary>The condition as it was written.</summary>
    public string Text { get; }

    /// <summary>The columns that the condition reads, each once, in the order of their first appearance.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Reads a condition.</summary>
    /// <exception cref="InputException">The text is no condition; the message names the character where it stops being one.</exception>
    public static RowFilter Parse(string text) => Parse(text, alone: false);

    /// <summary>Reads a condition.</summary>
    /// <param name="text">The condition.</param>
    /// <param name="alone">Whether a column may stand alone, for <see cref="RowValue.SaysYes"/>: <c>restricted and price &lt; 5</c>.</param>
    /// <exception cref="InputException">The text is no condition; the message names the character where it stops being one.</exception>
    public static RowFilter Parse(string text, bool alone) => Parse(text, alone, out var reason) ?? throw new InputException(reason!);

    /// <summary>Why <paramref name="text"/> is no condition, or null where it is one.</summary>
    public static string? Explain(string text)
    {
        Parse(text, false, out var reason);
        return reason;
    }

    /// <summary>Whether a row is meant; allocates nothing.</summary>
    /// <param name="field">Gives the row's text of <see cref="Columns"/>[i].</param>
    public bool Matches(Field field) => _condition.Holds(field);

    /// <summary>Whether a row is meant.</summary>
    /// <param name="fields">The row's texts by column; those of <see cref="Columns"/> must be there.</param>
    public bool Matches(IReadOnlyDictionary<string, string> fields) => _condition.Holds(column => fields[Columns[column]]);

    /// <summary>Makes something else out of it, such as a condition over values that are numbers already.</summary>
    public T Build<T>(IConditionBuilder<T> builder) => _condition.Build(builder);

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static RowFilter? Parse(string text, bool alone, out string? reason)
    {
        try
        {
            var parser = new RowFilterParser(text, alone);
            var condition = parser.Parse();
            reason = null;
            return new RowFilter(text, condition, parser.Columns);
        }
        catch (FormatException e)
        {
            reason = e.Message;
            return null;
        }
    }
}
