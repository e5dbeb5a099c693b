using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sundry.Serving;

/// <summary>Room to write a JSON document in, used again for the next one unless it grew large.</summary>
internal sealed class JsonRoom : IDisposable
{
    private const int AtFirst = 8_192;
    private const int MostKept = 262_144;
    private const int MostRooms = 64;
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private static readonly ConcurrentBag<JsonRoom> s_free = [];

    private readonly ArrayBufferWriter<byte> _bytes = new(AtFirst);

    private JsonRoom() => Json = new Utf8JsonWriter(_bytes, s_options);

    /// <summary>Writes into it; flush before the bytes are looked at.</summary>
    public Utf8JsonWriter Json { get; }

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    /// <summary>Takes room; dispose of it when the bytes are needed no longer.</summary>
    public static JsonRoom Take() => s_free.TryTake(out var room) ? room : new JsonRoom();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_bytes.Capacity > MostKept || s_free.Count >= MostRooms) return;
        _bytes.ResetWrittenCount();
        Json.Reset();
        s_free.Add(this);
    }
}
