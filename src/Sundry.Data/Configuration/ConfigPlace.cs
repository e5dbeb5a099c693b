namespace Sundry.Data;

/// <summary>Where a value was written: a line and column of a file, counted from 1, or a <c>--set</c> argument.</summary>
internal readonly record struct ConfigPlace(string? File, int Line, int Column, string? Set = null)
{
    /// <summary>The error at this place.</summary>
    public InputException Wrong(string message, Exception? inner = null) => Set is not null
        ? new InputException($"--set {Set}: {message}", inner: inner)
        : Line == 0 ? new InputException(message, File, inner: inner)
        : new InputException(message, File, Line, Column, inner);
}
