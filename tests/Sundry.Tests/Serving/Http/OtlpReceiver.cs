using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Sundry.Tests;

/// <summary>A collector that takes OTLP over HTTP (protobuf) and keeps the spans.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OtlpReceiver(WebApplication app) => _app = app;

    public ConcurrentQueue<Span> Spans { get; } = [];

    /// <summary>What was sent to each path, whole.</summary>
    public ConcurrentQueue<(string Path, string Bytes)> Bodies { get; } = [];

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public static async Task<OtlpReceiver> Start()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var receiver = new OtlpReceiver(builder.Build());
        receiver._app.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            receiver.Bodies.Enqueue((http.Request.Path, Encoding.Latin1.GetString(body.ToArray())));
            if (http.Request.Path == "/v1/traces") receiver.Take(body.ToArray());
            http.Response.ContentType = "application/x-protobuf";
        });
        await receiver._app.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private void Take(byte[] request)
    {
        foreach (var ofResource in Fields(request, 1))
            foreach (var ofScope in Fields(ofResource, 2))
                foreach (var span in Fields(ofScope, 2))
                    Spans.Enqueue(new Span(
                        Convert.ToHexStringLower(Fields(span, 1).Single()), Convert.ToHexStringLower(Fields(span, 2).Single()), Convert.ToHexStringLower(Fields(span, 4).FirstOrDefault() ?? []), Text(Fields(span, 5).Single()),
                        Fields(span, 9).ToDictionary(a => Text(Fields(a, 1).Single()), a => Value(Fields(a, 2).Single()))));
    }

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    private static string Value(byte[] any) => Fields(any, 1) is [var text] ? Text(text) : BinaryPrimitives.ReadInt64LittleEndian(Fields(any, 3).Single()).ToString(System.Globalization.CultureInfo.InvariantCulture);

    // the fields of a number in a message; a varint as its eight bytes
    private static List<byte[]> Fields(byte[] message, int wanted)
    {
        var found = new List<byte[]>();
        for (var at = 0; at < message.Length;)
        {
            var key = Varint(message, ref at);
            byte[] value;
            switch (key & 7)
            {
                case 0:
                    value = BitConverter.GetBytes(Varint(message, ref at));
                    break;
                case 1:
                    value = message[at..(at += 8)];
                    break;
                case 2:
                    var length = (int)Varint(message, ref at);
                    value = message[at..(at += length)];
                    break;
                default:
                    value = message[at..(at += 4)];
                    break;
            }

            if ((int)(key >> 3) == wanted) found.Add(value);
        }

        return found;
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            value |= (ulong)(message[at] & 0x7f) << shift;
            if (message[at++] < 0x80) return value;
        }
    }

    internal sealed record Span(string Trace, string Id, string Parent, string Name, IReadOnlyDictionary<string, string> Tags);
}
