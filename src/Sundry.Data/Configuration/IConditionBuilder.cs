namespace Sundry.Data;

/// <summary>Makes something else out of a <see cref="RowFilter"/>, from its comparisons outwards. Columns are places in <see cref="RowFilter.Columns"/>.</summary>
/// <typeparam name="T">What a part becomes.</typeparam>
public interface IConditionBuilder<T>
{
    /// <summary>Both hold.</summary>
    T And(T left, T right);

    /// <summary>One of them holds.</summary>
    T Or(T left, T right);

    /// <summary>It does not hold.</summary>
    T Not(T inner);

    /// <summary>A column compared with a value, by <c>=  !=  &lt;  &lt;=  &gt;</c> or <c>&gt;=</c>.</summary>
    T Compare(int column, string sign, RowValue value);

    /// <summary>A column is one of several values.</summary>
    T In(int column, IReadOnlyList<RowValue> values);

    /// <summary>A column alone: <see cref="RowValue.SaysYes"/>.</summary>
    T True(int column);
}
