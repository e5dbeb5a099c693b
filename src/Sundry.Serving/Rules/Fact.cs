using Sundry.Data;

namespace Sundry.Serving;

/// <summary>An attribute's value, ready to be compared: its text, the number that it may be, and its parts where it has several, joined by <c>|</c>.</summary>
public readonly struct Fact
{
    private readonly string? _text;

    /// <summary>Reads a value.</summary>
    /// <param name="text">The value; empty: the attribute is missing.</param>
    public Fact(string text)
    {
        _text = text;
        IsNumber = RowValue.TryNumber(text, out var number);
        Number = number;
        if (text.Contains('|', StringComparison.Ordinal)) Parts = [.. text.Split('|').Select(part => new Fact(part))];
    }

    /// <summary>The text; empty where the attribute is missing.</summary>
    public string Text => _text ?? "";

    /// <summary>Whether the text is a number.</summary>
    public bool IsNumber { get; }

    /// <summary>That number.</summary>
    public double Number { get; }

    /// <summary>Several values, or null.</summary>
    public Fact[]? Parts { get; }
}
