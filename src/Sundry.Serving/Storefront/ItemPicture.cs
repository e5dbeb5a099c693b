using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sundry.Serving;

/// <summary>
/// A picture for an item that has none: a drawing of its category in its colour, varied by its id. The same item has the same picture in every shop and process.
/// </summary>
internal static class ItemPicture
{
    private static readonly Dictionary<string, string> s_colours = new()
    {
        ["black"] = "#34363c",
        ["white"] = "#f4f1ea",
        ["red"] = "#c8413b",
        ["blue"] = "#3a6fb5",
        ["green"] = "#4c8c58",
        ["grey"] = "#8d949c",
        ["brown"] = "#8a5a3b",
        ["yellow"] = "#e2b53c",
        ["pink"] = "#dd8aa6",
        ["beige"] = "#d8c3a0",
    };

    private static readonly string[] s_grounds = ["#e9f1f7", "#f7ece6", "#ecf3e8", "#f3ecf6", "#fbf3df", "#e6f2f1", "#f1eeea", "#f8e9ee"];

    /// <summary>The picture as SVG.</summary>
    /// <param name="item">The item's id.</param>
    /// <param name="category">Its category; one that has no drawing is shown as a parcel.</param>
    /// <param name="colour">Its colour's name; one that is not known is chosen by the id.</param>
    public static string Draw(string item, string category, string colour)
    {
        var hash = Mix(item);
        var main = s_colours.GetValueOrDefault(colour) ?? s_colours.Values.ElementAt((int)(hash % (uint)s_colours.Count));
        var ground = s_grounds[Mix(category) % (uint)s_grounds.Length];
        var turn = (int)(hash / 16 % 17) - 8;
        var size = 0.86 + hash / 512 % 5 * 0.035;
        var svg = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 200 200\">");
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"200\" height=\"200\" fill=\"{ground}\"/><circle cx=\"{40 + hash / 3 % 120}\" cy=\"{36 + hash / 7 % 40}\" r=\"{46 + hash / 11 % 30}\" fill=\"#fff\" opacity=\".55\"/>");
        svg.Append("<ellipse cx=\"100\" cy=\"170\" rx=\"62\" ry=\"9\" fill=\"#000\" opacity=\".10\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<g transform=\"translate(100 104) rotate({turn}) scale({size:0.###}) translate(-100 -104)\" fill=\"{main}\" stroke=\"#2b2622\" stroke-width=\"3.4\" stroke-linejoin=\"round\" stroke-linecap=\"round\">");
        svg.Append(Motifs.Of(category)).Append("</g>");
        // a pattern of its own, so that two of a kind are told apart
        for (var i = 0; i < 3; i++)
            svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{12 + (hash >> (4 * i)) % 176}\" cy=\"{184 + (hash >> (3 * i)) % 10}\" r=\"{2 + (hash >> i) % 3}\" fill=\"{main}\" opacity=\".5\"/>");
        return svg.Append("</svg>").ToString();
    }

    private static uint Mix(string text) => BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
