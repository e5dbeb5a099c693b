namespace Sundry.Data;

/// <summary>
/// The user's input is wrong: a file, a row, a setting. The message is one sentence that says what, where and how to mend it; the command
/// line prints it without a stack trace and ends with exit code 2.
/// </summary>
public sealed class InputException : Exception
{
    /// <summary>Creates the error; the place, where given, is written before <paramref name="message"/>.</summary>
    /// <param name="message">What is wrong and how to mend it, as one sentence.</param>
    /// <param name="file">The file that holds the mistake.</param>
    /// <param name="line">Its line, counted from 1.</param>
    /// <param name="column">Its column, counted from 1: the character in a configuration, the field in a table.</param>
    /// <param name="inner">The cause, where there is one.</param>
    public InputException(string message, string? file = null, long? line = null, int? column = null, Exception? inner = null)
        : base(Place(file, line, column) + message, inner)
    {
        File = file;
        Line = line;
        Column = column;
    }

    /// <summary>The file that holds the mistake, or null.</summary>
    public string? File { get; }

    /// <summary>The line of the mistake, counted from 1, or null.</summary>
    public long? Line { get; }

    /// <summary>The column of the mistake, counted from 1, or null.</summary>
    public int? Column { get; }

    private static string Place(string? file, long? line, int? column) => (file, line, column) switch
    {
        (null, _, _) => "",
        (_, null, _) => $"{file}: ",
        (_, _, null) => $"{file} line {line}: ",
        _ => $"{file} line {line}, column {column}: ",
    };
}
