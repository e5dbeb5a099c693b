using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Sundry.Data;

/// <summary>The part of a cache's key that stands for a log in memory.</summary>
internal static class EventLogKey
{
    /// <summary>A text that is another wherever an event, a name or an attribute is another.</summary>
    public static string Of(EventLog log)
    {
        ulong hash = (ulong)log.Count;
        foreach (var chunk in new LogChunks(log)) hash = ByteHash.Of(MemoryMarshal.AsBytes(chunk), hash);
        foreach (var name in log.Types.Names) hash = ByteHash.Of(Encoding.UTF8.GetBytes(name), hash);
        foreach (var names in new[] { log.Users, log.Items, log.Sessions, log.Scenarios, log.Recommendations, log.Texts }) hash = Of(names, hash);
        foreach (var columns in new[] { log.Context, log.ItemColumns, log.UserColumns })
        {
            hash = ByteHash.Of(columns.Count, hash);
            foreach (var column in columns) hash = ByteHash.Of(MemoryMarshal.AsBytes(column.Numbers.AsSpan()), Of(column.Values, ByteHash.Of(Encoding.UTF8.GetBytes(column.Name), hash)));
        }

        foreach (var (user, friend) in log.Friends) hash = ByteHash.Of((long)user << 32 | (uint)friend, hash);
        foreach (var (category, parent) in log.CategoryParents) hash = ByteHash.Of(Encoding.UTF8.GetBytes(parent), ByteHash.Of(Encoding.UTF8.GetBytes(category), hash));
        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }

    private static ulong Of(Names names, ulong hash)
    {
        hash = ByteHash.Of(names.Count, hash);
        for (int i = 0; i < names.Count; i++) hash = ByteHash.Of(names[i], hash);
        return hash;
    }
}
