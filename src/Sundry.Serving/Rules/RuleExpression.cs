using Sundry.Data;

namespace Sundry.Serving;

/// <summary>
/// A condition on an item, the user and the request, in the language of <see cref="RowFilter"/>: <c>price &lt; 50 and category in (shoes, bags) and not (context.region = US and restricted)</c>.
/// It is read once; asking it allocates nothing. Beyond that language an attribute may stand alone, has any of its values where it has
/// several, and may be compared with an attribute of the user, the request or the item, written with its kind and without quotes:
/// <c>min_age &lt;= user.age</c>; with one that is missing nothing is equal, and nothing is in order.
/// </summary>
public sealed class RuleExpression
{
    /// <summary>The most characters of an expression.</summary>
    public const int LongestText = 10_000;

    private readonly RuleNode _node;

    private RuleExpression(string text, RuleNode node) => (Text, _node) = (text, node);

    /// <summary>The expression as it was written.</summary>
    public string Text { get; }

    /// <summary>Reads an expression.</summary>
    /// <param name="text">At most <see cref="LongestText"/> characters.</param>
    /// <param name="names">Gets the names that it does not have yet: an attribute that no item has is missing from all.</param>
    /// <param name="add">Whether it gets them; otherwise, as for what strangers send, they are missing for good.</param>
    /// <exception cref="InputException">The text is no expression; the message names the character where it stops being one.</exception>
    public static RuleExpression Parse(string text, RuleNames names, bool add = true)
    {
        if (text.Length > LongestText) throw new InputException($"the condition has {text.Length} characters, {LongestText} are allowed; make it several rules");
        var filter = RowFilter.Parse(text, alone: true);
        return new RuleExpression(text, filter.Build(new Builder(filter.Columns, names, add)));
    }

    /// <summary>Whether the expression holds.</summary>
    public bool Holds(in RuleScope scope) => _node.Holds(scope);

    /// <inheritdoc/>
    public override string ToString() => Text;

    private sealed class Builder(IReadOnlyList<string> columns, RuleNames names, bool add) : IConditionBuilder<RuleNode>
    {
        public RuleNode And(RuleNode left, RuleNode right) => new RuleNode.Both(left, right);

        public RuleNode Or(RuleNode left, RuleNode right) => new RuleNode.Either(left, right);

        public RuleNode Not(RuleNode inner) => new RuleNode.Not(inner);

        public RuleNode True(int column) => new RuleNode.True(Name(columns[column]));

        public RuleNode In(int column, IReadOnlyList<RowValue> values) => new RuleNode.Any([.. values.Select(value => Compare(column, "=", value))]);

        public RuleNode Compare(int column, string sign, RowValue value)
        {
            var left = Name(columns[column]);
            var equal = sign == "!=" ? "=" : sign;
            RuleNode node = !value.IsQuoted && HasKind(value.Text) ? new RuleNode.CompareNames(left, equal, Name(value.Text)) : new RuleNode.CompareValue(left, equal, value);
            return sign == "!=" ? new RuleNode.Not(node) : node;
        }

        private static bool HasKind(string text) =>
            text.StartsWith("item.", StringComparison.Ordinal) || text.StartsWith("user.", StringComparison.Ordinal) || text.StartsWith("context.", StringComparison.Ordinal);

        private RuleNode.Name Name(string text)
        {
            if (text.StartsWith("user.", StringComparison.Ordinal)) return new(RuleNode.Kind.User, Number(names.User, text[5..]));
            if (text.StartsWith("context.", StringComparison.Ordinal)) return new(RuleNode.Kind.Context, Number(names.Context, text[8..]));
            return new(RuleNode.Kind.Item, Number(names.Item, text.StartsWith("item.", StringComparison.Ordinal) ? text[5..] : text));
        }

        private int Number(FactNames of, string name) => add ? of.FindOrAdd(name) : of.Find(name);
    }
}
