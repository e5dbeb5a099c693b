namespace Sundry.Data;

/// <summary>What a column's values are to the model.</summary>
public enum FeatureKind
{
    /// <summary>Decided by looking at the training rows.</summary>
    Auto,

    /// <summary>One of a set of values, each with an embedding: a brand, a user.</summary>
    Categorical,

    /// <summary>Several values in one field: <c>red|wool|winter</c>.</summary>
    MultiCategorical,

    /// <summary>A number.</summary>
    Numeric,

    /// <summary>Values in the order in which they came, the oldest first: what a user looked at.</summary>
    Sequence,

    /// <summary>Several columns together, each combination of their values a category.</summary>
    Cross,

    /// <summary>A date or a time, taken apart into calendar parts.</summary>
    Date,

    /// <summary>A number that the log's past says of the row's user, item or category (rows of a log).</summary>
    Counter,

    /// <summary>The newest events of the row's user (rows of a log).</summary>
    History,

    /// <summary>Items beside the row's user or item in the shop's graph (rows of a log).</summary>
    Neighbours,

    /// <summary>Words: a review, a title.</summary>
    Text,

    /// <summary>Numbers that something else made, such as the embedding of an image.</summary>
    Vector,
}
