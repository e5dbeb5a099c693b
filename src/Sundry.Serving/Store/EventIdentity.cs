using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Sundry.Serving;

/// <summary>
/// Names an event by its content, so that an event without an id can be sent twice and counts once. The name begins with the event's time:
/// what happens at the same time then stands at the same place of an index, and few of its pages are written.
/// </summary>
internal static class EventIdentity
{
    private const int HashBytes = 16;

    /// <summary>The id of an event that has none: 12 hexadecimal digits of its time, and 128 bits of the SHA-256 of all that it says.</summary>
    public static string Of(EventRecord record)
    {
        var content = new ArrayBufferWriter<byte>(256);
        Add(content, record.Type);
        Add(content, record.User);
        Add(content, record.Session);
        Add(content, record.Item);
        Add(content, record.Time);
        Add(content, record.Quantity);
        Add(content, record.Price);
        Add(content, record.Value);
        Add(content, record.Position);
        Add(content, record.Scenario);
        Add(content, record.Recommendation);
        Add(content, record.Text);
        Add(content, record.Context);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content.WrittenSpan, hash);
        return string.Create(CultureInfo.InvariantCulture, $"{record.Time:x12}{Base64Url.EncodeToString(hash[..HashBytes])}");
    }

    // lengths keep neighbours apart: "ab" and "c" are not "a" and "bc"; a missing text is none of no letters
    private static void Add(ArrayBufferWriter<byte> content, string? text)
    {
        Number(content, text?.Length ?? -1);
        if (text is not null) Encoding.UTF8.GetBytes(text, content);
    }

    private static void Add(ArrayBufferWriter<byte> content, double? number)
    {
        Number(content, number is null ? 0 : 1);
        if (number is { } value) Number(content, value);
    }

    private static void Number<T>(ArrayBufferWriter<byte> content, T number)
        where T : unmanaged => content.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in number)));
}
