using System.Text;

namespace Sundry.Data;

/// <summary>Texts numbered 0, 1, 2 … in order of arrival: users, items, the values of an attribute. Millions of them are no millions of objects.</summary>
public sealed class Names
{
    private readonly ByteDictionary _keys = new();

    /// <summary>How many there are.</summary>
    public int Count => _keys.Count;

    /// <summary>The text with this number, as UTF-8.</summary>
    public ReadOnlySpan<byte> this[int number] => _keys[number];

    /// <summary>The text with this number.</summary>
    public string Text(int number) => Encoding.UTF8.GetString(_keys[number]);

    /// <summary>The text's number, or -1.</summary>
    public int Find(ReadOnlySpan<byte> text) => _keys.Find(text);

    /// <summary>The text's number, or -1.</summary>
    public int Find(string text) => _keys.Find(Encoding.UTF8.GetBytes(text));

    /// <summary>The text's number, a new one where it has none.</summary>
    /// <exception cref="InputException">All texts together exceed 2 GiB.</exception>
    public int FindOrAdd(ReadOnlySpan<byte> text) =>
        _keys.FindOrAdd(text) is var number and >= 0 ? number : throw new InputException("the names in the log need more than 2 GiB; split the log");

    /// <summary>The text's number, a new one where it has none.</summary>
    /// <exception cref="InputException">All texts together exceed 2 GiB.</exception>
    public int FindOrAdd(string text) => FindOrAdd(Encoding.UTF8.GetBytes(text));

    /// <summary>Forgets a text: nothing of it stays, nobody finds it, and its number is not given again.</summary>
    public void Erase(int number) => _keys.Erase(number);
}
