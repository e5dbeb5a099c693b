using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Sundry.Serving;

/// <summary>Writes a JSON document a line for what is logged. Of what others log, names alone: their messages may hold what was sent.</summary>
internal sealed class StderrLog(TextWriter writer, LogLevel least, TimeProvider clock) : ILoggerProvider
{
    private readonly Lock _writing = new();

    public ILogger CreateLogger(string categoryName) => new Lines(this, categoryName);

    public void Dispose()
    {
        // the writer is the caller's
    }

    private void Write<TState>(string category, LogLevel level, EventId id, TState state, Exception? error)
    {
        var bytes = new System.Buffers.ArrayBufferWriter<byte>(256);
        JsonBody.Write(bytes, json =>
        {
            json.WriteStartObject();
            json.WriteString("time", clock.GetUtcNow().UtcDateTime);
            json.WriteString("level", level.ToString().ToLowerInvariant());
            json.WriteString("category", category);
            if (id.Name is not null) json.WriteString("event", id.Name);
            foreach (var (name, value) in state as IReadOnlyList<KeyValuePair<string, object?>> ?? [])
            {
                if (name == "{OriginalFormat}")
                {
                    if (category != HttpLog.Category) json.WriteString("format", value as string);
                }
                else if (category == HttpLog.Category)
                {
                    Value(json, JsonNamingPolicy.SnakeCaseLower.ConvertName(name), value);
                }
            }

            if (error is not null) json.WriteString("error", error.GetType().Name);
            json.WriteEndObject();
        });
        lock (_writing) writer.WriteLine(Encoding.UTF8.GetString(bytes.WrittenSpan));
    }

    private static void Value(Utf8JsonWriter json, string name, object? value)
    {
        if (value is int whole) json.WriteNumber(name, whole);
        else if (value is double number) json.WriteNumber(name, number);
        else json.WriteString(name, value?.ToString());
    }

    private sealed class Lines(StderrLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= (category == HttpLog.Category || logLevel >= LogLevel.Warning ? log.Least : LogLevel.Warning);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) log.Write(category, logLevel, eventId, state, exception);
        }
    }

    private LogLevel Least { get; } = least;
}
