using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>
/// Sends spans and measurements of the process to a collector by OTLP, as the standard environment variables say (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c> and the others). Without them nothing is sent, and nothing of it is
/// loaded.
/// </summary>
public sealed class OtlpExport : IDisposable
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private const int ShutdownMs = 5_000;

    private readonly TracerProvider? _traces;
    private readonly MeterProvider? _metrics;

    private OtlpExport(TracerProvider? traces, MeterProvider? metrics, string where) => (_traces, _metrics, Where) = (traces, metrics, where);

    /// <summary>Where it is sent.</summary>
    public string Where { get; }

    /// <summary>Begins, where the environment asks for it.</summary>
    /// <param name="version">The program's version.</param>
    /// <returns>What ends it; null where it is off.</returns>
    /// <exception cref="InputException">A variable is not right.</exception>
    public static OtlpExport? Start(string version) => Environment.GetEnvironmentVariables().Keys.OfType<string>().Any(key => key.StartsWith("OTEL_EXPORTER_OTLP_", StringComparison.Ordinal) && key.EndsWith("ENDPOINT", StringComparison.Ordinal))
        ? Start(version, new ConfigurationBuilder().AddEnvironmentVariables().Build()) : null;

    /// <summary>Begins with settings of the names of the environment variables.</summary>
    internal static OtlpExport? Start(string version, IConfiguration settings)
    {
        if (string.Equals(settings["OTEL_SDK_DISABLED"], "true", StringComparison.OrdinalIgnoreCase)) return null;
        var (traces, metrics) = (For(settings, "TRACES"), For(settings, "METRICS"));
        return traces is null && metrics is null ? null : new OtlpExport(
            traces is null ? null : Sdk.CreateTracerProviderBuilder().ConfigureServices(services => services.AddSingleton(settings))
                .SetResourceBuilder(Of(version)).AddSource(Instruments.Name).AddOtlpExporter(options => Speak(options, settings, "TRACES")).Build(),
            metrics is null ? null : Sdk.CreateMeterProviderBuilder().ConfigureServices(services => services.AddSingleton(settings))
                .SetResourceBuilder(Of(version)).AddMeter(Instruments.Name).AddOtlpExporter(options => Speak(options, settings, "METRICS")).Build(),
            traces ?? metrics!);
    }

    /// <summary>Sends what is left, for at most a few seconds, and ends.</summary>
    public void Dispose()
    {
        _traces?.Shutdown(ShutdownMs);
        _metrics?.Shutdown(ShutdownMs);
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    // the place that a signal goes to; null where it goes nowhere
    private static string? For(IConfiguration settings, string signal)
    {
        var name = $"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT";
        var place = settings[name];
        if (place is not { Length: > 0 }) (name, place) = (Endpoint, settings[Endpoint]);
        if (place is not { Length: > 0 } || settings[$"OTEL_{signal}_EXPORTER"] is "none") return null;
        if (settings[$"OTEL_{signal}_EXPORTER"] is { Length: > 0 } exporter and not "otlp") throw new InputException($"OTEL_{signal}_EXPORTER is '{exporter}', which is not spoken here; write otlp or none");
        if (!Uri.TryCreate(place, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")) throw new InputException($"{name} is '{place}' and no address; write one such as http://localhost:4318");
        var protocol = settings[$"OTEL_EXPORTER_OTLP_{signal}_PROTOCOL"] ?? settings[Protocol];
        return protocol is null or "" or "grpc" or "http/protobuf" ? place : throw new InputException($"{Protocol} is '{protocol}', which is not spoken here; write http/protobuf or grpc");
    }

    // the environment may name the service otherwise
    private static ResourceBuilder Of(string version) => ResourceBuilder.CreateEmpty().AddService("sundry", serviceVersion: version, autoGenerateServiceInstanceId: false).AddTelemetrySdk().AddEnvironmentVariableDetector();

    // the exporter reads the variables that are for all signals; those of one signal go before them
    private static void Speak(OtlpExporterOptions options, IConfiguration settings, string signal)
    {
        string? Own(string what) => settings[$"OTEL_EXPORTER_OTLP_{signal}_{what}"] is { Length: > 0 } own ? own : null;
        // where nothing is said, what OpenTelemetry says is usual
        options.Protocol = (Own("PROTOCOL") ?? settings[Protocol]) is "grpc" ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        if (Own("ENDPOINT") is { } place) options.Endpoint = new Uri(place);
        if (Own("HEADERS") is { } headers) options.Headers = headers;
    }
}
