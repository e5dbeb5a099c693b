using System.Text;

namespace Sundry.Data;

/// <summary>Fields as they are shown in messages.</summary>
internal static class FieldText
{
    private const int Longest = 60;

    /// <summary>The text in quotes, without what a terminal must not see, and cut where it is long.</summary>
    public static string Quote(ReadOnlySpan<byte> field)
    {
        var text = Encoding.UTF8.GetString(field.Length > 4 * Longest ? field[..(4 * Longest)] : field);
        var shown = new StringBuilder("'");
        foreach (char c in text)
        {
            if (shown.Length > Longest) break;
            shown.Append(char.IsControl(c) ? ' ' : c);
        }

        if (shown.Length <= text.Length) shown.Append('…');
        return shown.Append('\'').ToString();
    }

    /// <summary>The text in quotes, as <see cref="Quote(ReadOnlySpan{byte})"/>.</summary>
    public static string Quote(string text) => Quote(Encoding.UTF8.GetBytes(text));
}
