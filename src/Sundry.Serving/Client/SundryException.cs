namespace Sundry.Serving;

/// <summary>A server's problem with a request (RFC 9457).</summary>
public sealed class SundryException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="status">The status.</param>
    /// <param name="kind">One word for programs, such as <c>unknown_field</c>.</param>
    /// <param name="detail">What is wrong.</param>
    /// <param name="field">The field that is meant, or null.</param>
    /// <param name="mend">How to mend it, or null.</param>
    public SundryException(int status, string kind, string detail, string? field, string? mend)
        : base(mend is null ? detail : $"{detail}; {mend}") => (Status, Kind, Field, Mend) = (status, kind, field, mend);

    /// <summary>The status.</summary>
    public int Status { get; }

    /// <summary>One word for programs.</summary>
    public string Kind { get; }

    /// <summary>The field that is meant, or null.</summary>
    public string? Field { get; }

    /// <summary>How to mend it, or null.</summary>
    public string? Mend { get; }
}
