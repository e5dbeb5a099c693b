using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Sundry.Serving;

/// <summary>Writes JSON answers whole, so that what goes wrong on the way is still told by the status.</summary>
internal static class JsonBody
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes the answer's body.</summary>
    public static async Task Write(HttpResponse response, Action<Utf8JsonWriter> write)
    {
        using var room = JsonRoom.Take();
        write(room.Json);
        room.Json.Flush();
        await Send(response, room.Bytes);
    }

    /// <summary>Writes a document behind what is there.</summary>
    public static void Write(ArrayBufferWriter<byte> bytes, Action<Utf8JsonWriter> write)
    {
        using var json = new Utf8JsonWriter(bytes, s_options);
        write(json);
    }

    /// <summary>Sends bytes as the body.</summary>
    public static async Task Send(HttpResponse response, ReadOnlyMemory<byte> bytes)
    {
        response.ContentType ??= "application/json";
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, response.HttpContext.RequestAborted);
    }
}
