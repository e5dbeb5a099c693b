using System.Text;
using System.Xml.Linq;

namespace Sundry.Training;

/// <summary>
/// Builds HTML as a tree and writes it: text and attributes are escaped where they are written and nowhere else, so the
/// name of a feature can never become markup.
/// </summary>
internal static class Html
{
    private static readonly HashSet<string> Void = ["meta", "br", "hr", "img", "input", "col", "link", "wbr"];

    /// <summary>An element, as <c>"td.number"</c>: the tag, then its classes. Content is text, attributes, elements, or lists of them; null is nothing.</summary>
    public static XElement Tag(string tagAndClasses, params object?[] content)
    {
        var parts = tagAndClasses.Split('.');
        var element = new XElement(parts[0]);
        if (parts.Length > 1) element.Add(new XAttribute("class", string.Join(' ', parts[1..])));
        element.Add(content);
        return element;
    }

    /// <summary>An attribute.</summary>
    public static XAttribute With(string name, object value) => new(name, value);

    /// <summary>The document's text.</summary>
    public static string Write(XElement root)
    {
        var text = new StringBuilder("<!DOCTYPE html>\n", 1 << 16);
        Write(text, root);
        return text.Append('\n').ToString();
    }

    /// <summary>An element's text alone, to stand in another document.</summary>
    public static string Fragment(XElement root)
    {
        var text = new StringBuilder(1 << 12);
        Write(text, root);
        return text.ToString();
    }

    private static void Write(StringBuilder text, XElement element)
    {
        string name = element.Name.LocalName;
        text.Append('<').Append(name);
        foreach (var attribute in element.Attributes())
        {
            text.Append(' ').Append(attribute.Name.LocalName).Append("=\"");
            Escape(text, attribute.Value);
            text.Append('"');
        }

        if (Void.Contains(name))
        {
            // the slash means nothing in HTML and makes the file readable as XML too
            text.Append("/>");
            return;
        }

        text.Append('>');
        foreach (var node in element.Nodes())
        {
            if (node is XElement child) Write(text, child);
            // a style sheet is ours and is not unescaped by browsers
            else if (node is XText { Value: var value }) _ = name == "style" ? text.Append(value) : Escape(text, value);
        }

        text.Append("</").Append(name).Append('>');
        if (name is "section" or "tr" or "p" or "h2" or "h3" or "svg" or "table" or "style" or "title") text.Append('\n');
    }

    private static StringBuilder Escape(StringBuilder text, string value)
    {
        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            if (char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1])) text.Append(c).Append(value[++i]);
            else text.Append(c switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#39;",
                '\n' or '\t' => c.ToString(),
                _ when char.IsControl(c) || char.IsSurrogate(c) || c is '\uFFFE' or '\uFFFF' => "\uFFFD",
                // characters that turn the direction of what follows could make a name look like another
                >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' => "\uFFFD",
                _ => c.ToString(),
            });
        }

        return text;
    }
}
