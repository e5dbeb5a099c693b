using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace Sundry.Data;

/// <summary>
/// The key of a cache: everything that encoded rows depend on. Options are written out by their properties, so that a new option is not forgotten;
/// files count by path, size, time of change, and a hash of their first and last bytes.
/// </summary>
internal static class SourceKey
{
    // raise it when the same input gives other matrices, or the files another form
    private const int Version = 1;
    private const int Sample = 1 << 16;

    // what changes a model or its judgement and no encoded row; a loaded encoder takes these anew
    private static readonly HashSet<string> s_left =
    [
        nameof(DataOptions.Cache), nameof(DataOptions.AllowLeak), nameof(DataOptions.LeakThreshold), nameof(TaskOptions.Weight) + "@" + nameof(TaskOptions),
        nameof(TaskOptions.Loss), nameof(TaskOptions.ResolvedLoss), nameof(TaskOptions.Delta), nameof(TaskOptions.Metric),
        nameof(TaskOptions.After), nameof(TaskOptions.AtMost), nameof(TaskOptions.Main), nameof(TaskOptions.Gradient), nameof(TaskOptions.LabelSmoothing), nameof(TaskOptions.Focal),
    ];

    /// <summary>The key as 32 hexadecimal digits.</summary>
    public static string Of(DataRequest request, IReadOnlyList<SourceFiles.Source> sources)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"sundry {Version}\n");
        Write(text, request.Data);
        text.Append("\nfeatures ");
        Write(text, request.Features);
        text.Append("\nexclude ");
        Write(text, request.Exclude);
        text.Append("\ntasks ");
        Write(text, request.Tasks);
        if (request.Groups is { } groups)
        {
            text.Append("\ngroups ");
            Write(text, groups);
        }

        if (request.LogKey is { } log) text.Append(CultureInfo.InvariantCulture, $"\nlog {log}");
        foreach (var source in sources)
        {
            var file = new FileInfo(source.Path);
            text.Append(CultureInfo.InvariantCulture, $"\n{source.Path} {file.Length} {file.LastWriteTimeUtc.Ticks} {Content(source):x16}");
        }

        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        return $"{ByteHash.Of(bytes, 1):x16}{ByteHash.Of(bytes, 2):x16}";
    }

    private static ulong Content(SourceFiles.Source source)
    {
        try
        {
            using var file = File.OpenHandle(source.Path);
            var bytes = new byte[2 * Sample];
            long length = RandomAccess.GetLength(file);
            int head = RandomAccess.Read(file, bytes.AsSpan(0, Sample), 0);
            int tail = length > Sample ? RandomAccess.Read(file, bytes.AsSpan(head, Sample), Math.Max(head, length - Sample)) : 0;
            return ByteHash.Of(bytes.AsSpan(0, head + tail));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"the file cannot be opened ({e.Message.TrimEnd('.')}); check its permissions", source.Name, inner: e);
        }
    }

    private static void Write(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append('~');
                break;
            case string word:
                text.Append(CultureInfo.InvariantCulture, $"{word.Length}:{word}");
                break;
            case IFormattable number when value.GetType().IsPrimitive || value is Enum:
                text.Append(number.ToString(null, CultureInfo.InvariantCulture));
                break;
            case IEnumerable items:
                text.Append('[');
                foreach (var item in items)
                {
                    Write(text, item);
                    text.Append(',');
                }

                text.Append(']');
                break;
            default:
                var type = value.GetType();
                text.Append('{');
                foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
                {
                    if (property.GetIndexParameters().Length > 0 || s_left.Contains(property.Name) || s_left.Contains(property.Name + "@" + type.Name)) continue;
                    text.Append(property.Name).Append('=');
                    Write(text, property.GetValue(value));
                    text.Append(';');
                }

                text.Append('}');
                break;
        }
    }
}
