using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Sundry.Serving;

/// <summary>Writes warnings and errors of a serving process as one JSON object a line.</summary>
public sealed class JsonLines(TextWriter to, TimeProvider clock) : ILoggerProvider
{
    private readonly Lock _lock = new();

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Lines(this, categoryName);

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private sealed class Lines(JsonLines of, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel)) return;
            // an exception's own words may quote what somebody sent: its kind and place say enough
            var line = JsonSerializer.Serialize(new
            {
                time = of.Now,
                level = logLevel.ToString().ToLowerInvariant(),
                category,
                message = formatter(state, exception),
                error = exception?.GetType().FullName,
                at = exception?.StackTrace,
            });
            lock (of._lock)
            {
                of.Write(line);
            }
        }
    }

    private DateTimeOffset Now => clock.GetUtcNow();

    private void Write(string line) => to.WriteLine(line);
}
