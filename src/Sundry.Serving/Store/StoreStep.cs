namespace Sundry.Serving;

/// <summary>Where the store is about to talk to its database: the seam at which tests let that fail.</summary>
internal enum StoreStep
{
    /// <summary>Opening the connection that writes.</summary>
    Open,

    /// <summary>Beginning a transaction.</summary>
    Begin,

    /// <summary>A statement within it.</summary>
    Command,

    /// <summary>Its commit.</summary>
    Commit,

    /// <summary>Behind the commit, before anybody is told of it.</summary>
    Committed,

    /// <summary>A read.</summary>
    Read,
}
