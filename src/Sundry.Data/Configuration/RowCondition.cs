namespace Sundry.Data;

/// <summary>A part of a <see cref="RowFilter"/>.</summary>
internal abstract class RowCondition
{
    public abstract bool Holds(RowFilter.Field field);

    public abstract T Build<T>(IConditionBuilder<T> builder);

    internal sealed class And(RowCondition left, RowCondition right) : RowCondition
    {
        public override bool Holds(RowFilter.Field field) => left.Holds(field) && right.Holds(field);

        public override T Build<T>(IConditionBuilder<T> builder) => builder.And(left.Build(builder), right.Build(builder));
    }

    internal sealed class Or(RowCondition left, RowCondition right) : RowCondition
    {
        public override bool Holds(RowFilter.Field field) => left.Holds(field) || right.Holds(field);

        public override T Build<T>(IConditionBuilder<T> builder) => builder.Or(left.Build(builder), right.Build(builder));
    }

    internal sealed class Not(RowCondition inner) : RowCondition
    {
        public override bool Holds(RowFilter.Field field) => !inner.Holds(field);

        public override T Build<T>(IConditionBuilder<T> builder) => builder.Not(inner.Build(builder));
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

        public override T Build<T>(IConditionBuilder<T> builder) => builder.In(column, values);
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

        public override T Build<T>(IConditionBuilder<T> builder) => builder.Compare(column, sign, value);
    }

    /// <summary>A column alone: whether its text says yes.</summary>
    internal sealed class True(int column) : RowCondition
    {
        public override bool Holds(RowFilter.Field field) => RowValue.SaysYes(field(column));

        public override T Build<T>(IConditionBuilder<T> builder) => builder.True(column);
    }
}
