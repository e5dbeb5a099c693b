namespace Sundry.Data;

/// <summary>How an option is written.</summary>
internal enum ConfigShape
{
    /// <summary>As a single value.</summary>
    Scalar,

    /// <summary>As a list.</summary>
    List,

    /// <summary>As a map of names that the user chooses.</summary>
    Dictionary,

    /// <summary>As a map of the class's keys.</summary>
    Options,
}
