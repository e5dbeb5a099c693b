using System.Text.Json;

namespace Sundry.Serving;

/// <summary>An attribute, read.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Column">As <see cref="AttributeText.Column"/> has it.</param>
/// <param name="Fact">As <see cref="AttributeText.Fact"/> has it.</param>
/// <param name="Number">As <see cref="AttributeText.Number"/> has it, of <c>stock</c> and <c>price</c>.</param>
/// <param name="IsTrue">As <see cref="AttributeText.IsTrue"/> has it, of <c>hidden</c>.</param>
internal readonly record struct AttributeValue(string Name, string? Column, string? Fact, double Number, bool IsTrue);

/// <summary>Reads attributes from their JSON. Names, and values that come again, are one text for all. For one thread at a time.</summary>
internal sealed class AttributeReader
{
    private const int MostTexts = 20_000;
    private const int Longest = 64;

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private AttributeValue[] _before = [];

    /// <summary>The attributes of one; none where it has none.</summary>
    public AttributeValue[] Read(string? json)
    {
        if (json is null) return [];
        using var document = JsonDocument.Parse(json);
        var values = new AttributeValue[document.RootElement.GetPropertyCount()];
        var at = 0;
        foreach (var property in document.RootElement.EnumerateObject())
        {
            // most are described by the same attributes in the same order
            var name = at < _before.Length && property.NameEquals(_before[at].Name) ? _before[at].Name : Once(property.Name)!;
            var fact = Once(AttributeText.Fact(property.Value));
            var column = property.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? fact : Once(AttributeText.Column(property.Value));
            var number = name is "stock" or "price" ? AttributeText.Number(property.Value) : double.NaN;
            values[at++] = new AttributeValue(name, column, fact, number, name == "hidden" && AttributeText.IsTrue(property.Value));
        }

        return _before = values;
    }

    private string? Once(string? text)
    {
        if (text is null || text.Length > Longest) return text;
        if (_texts.TryGetValue(text, out var known)) return known;
        if (_texts.Count < MostTexts) _texts.Add(text, text);
        return text;
    }
}
