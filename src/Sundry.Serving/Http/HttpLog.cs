using Microsoft.Extensions.Logging;

namespace Sundry.Serving;

/// <summary>What the interface logs: routes, numbers and ids of keys. Never a path, a query, a body or a key, which may name people or be secrets.</summary>
internal static partial class HttpLog
{
    /// <summary>The name that it logs by.</summary>
    public const string Category = "Sundry.Http";

    [LoggerMessage(1, LogLevel.Information, "request {Method} {Route} {Status} in {Ms} ms, key {Key}, trace {Trace}")]
    public static partial void Request(ILogger logger, string method, string route, int status, double ms, string key, string trace);

    [LoggerMessage(2, LogLevel.Error, "fault at {Method} {Route}: {Kind} {Where}, trace {Trace}")]
    public static partial void Fault(ILogger logger, string method, string route, string kind, string where, string trace);

    [LoggerMessage(3, LogLevel.Warning, "the store is not available: {Why}")]
    public static partial void Unavailable(ILogger logger, string why);

    [LoggerMessage(4, LogLevel.Information, "a key was made: {Id} for {Scopes}")]
    public static partial void KeyMade(ILogger logger, string id, string scopes);

    [LoggerMessage(5, LogLevel.Information, "a key was revoked: {Id}")]
    public static partial void KeyRevoked(ILogger logger, string id);
}
