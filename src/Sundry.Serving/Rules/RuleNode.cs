using Sundry.Data;

namespace Sundry.Serving;

/// <summary>A part of a <see cref="RuleExpression"/>.</summary>
internal abstract class RuleNode
{
    /// <summary>Whose attribute it is.</summary>
    public enum Kind
    {
        Item,
        User,
        Context,
    }

    public abstract bool Holds(in RuleScope scope);

    private static bool Ordered(string sign, int? order) => sign switch
    {
        "=" => order == 0,
        "<" => order < 0,
        "<=" => order <= 0,
        ">" => order > 0,
        _ => order >= 0,
    };

    /// <summary>An attribute's name, found.</summary>
    internal readonly record struct Name(Kind Kind, int Place)
    {
        public Fact In(in RuleScope scope) => (Kind switch { Kind.Item => scope.Item, Kind.User => scope.User, _ => scope.Context })[Place];
    }

    internal sealed class Both(RuleNode left, RuleNode right) : RuleNode
    {
        public override bool Holds(in RuleScope scope) => left.Holds(scope) && right.Holds(scope);
    }

    internal sealed class Either(RuleNode left, RuleNode right) : RuleNode
    {
        public override bool Holds(in RuleScope scope) => left.Holds(scope) || right.Holds(scope);
    }

    internal sealed class Any(RuleNode[] nodes) : RuleNode
    {
        public override bool Holds(in RuleScope scope)
        {
            foreach (var node in nodes)
                if (node.Holds(scope)) return true;
            return false;
        }
    }

    internal sealed class Not(RuleNode inner) : RuleNode
    {
        public override bool Holds(in RuleScope scope) => !inner.Holds(scope);
    }

    internal sealed class True(Name name) : RuleNode
    {
        public override bool Holds(in RuleScope scope) => RowValue.SaysYes(name.In(scope).Text);
    }

    internal sealed class CompareValue(Name name, string sign, RowValue value) : RuleNode
    {
        public override bool Holds(in RuleScope scope)
        {
            var fact = name.In(scope);
            if (fact.Parts is null) return Meets(fact);
            foreach (var part in fact.Parts)
                if (Meets(part)) return true;
            return false;
        }

        private bool Meets(in Fact fact) =>
            Ordered(sign, value.Number is { } number ? fact.IsNumber ? fact.Number.CompareTo(number) : null : string.CompareOrdinal(fact.Text, value.Text));
    }

    internal sealed class CompareNames(Name name, string sign, Name other) : RuleNode
    {
        public override bool Holds(in RuleScope scope)
        {
            var (left, right) = (name.In(scope), other.In(scope));
            if (left.Parts is null && right.Parts is null) return Meets(left, right);
            Fact[] lefts = left.Parts ?? [left], rights = right.Parts ?? [right];
            foreach (var one in lefts)
                foreach (var another in rights)
                    if (Meets(one, another)) return true;
            return false;
        }

        private bool Meets(in Fact left, in Fact right) => right.Text.Length > 0
            && Ordered(sign, right.IsNumber ? left.IsNumber ? left.Number.CompareTo(right.Number) : null : string.CompareOrdinal(left.Text, right.Text));
    }
}
