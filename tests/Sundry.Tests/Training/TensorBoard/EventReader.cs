using System.Text;

namespace Sundry.Tests.Training;

/// <summary>Reads TensorBoard event files as the format is described: frames, checksums bit by bit, and any protobuf field.</summary>
internal static class EventReader
{
    public sealed record Event(double Time, long Step, string? Version, List<(string Tag, float Value)> Scalars);

    public static List<Event> Read(byte[] file)
    {
        var events = new List<Event>();
        for (var at = 0; at < file.Length;)
        {
            var length = (int)BitConverter.ToUInt64(file, at);
            Assert.Equal(Masked(file.AsSpan(at, 8)), BitConverter.ToUInt32(file, at + 8));
            var data = file.AsSpan(at + 12, length).ToArray();
            Assert.Equal(Masked(data), BitConverter.ToUInt32(file, at + 12 + length));
            events.Add(Parse(data));
            at += 16 + length;
        }

        return events;
    }

    private static Event Parse(byte[] data)
    {
        double time = 0;
        long step = 0;
        string? version = null;
        var scalars = new List<(string, float)>();
        foreach (var (field, value) in Fields(data))
        {
            switch (field)
            {
                case 1: time = BitConverter.ToDouble(value); break;
                case 2: step = (long)BitConverter.ToUInt64(value); break;
                case 3: version = Encoding.UTF8.GetString(value); break;
                case 5:
                    foreach (var (number, scalar) in Fields(value))
                    {
                        Assert.Equal(1, number);
                        var parts = Fields(scalar).ToDictionary(f => f.Field, f => f.Value);
                        scalars.Add((Encoding.UTF8.GetString(parts[1]), BitConverter.ToSingle(parts[2])));
                    }

                    break;
                default: Assert.Fail($"unknown field {field}"); break;
            }
        }

        return new Event(time, step, version, scalars);
    }

    private static IEnumerable<(int Field, byte[] Value)> Fields(byte[] data)
    {
        var at = 0;
        ulong Varint()
        {
            ulong value = 0;
            for (var shift = 0; ; shift += 7)
            {
                var b = data[at++];
                value |= (ulong)(b & 0x7f) << shift;
                if (b < 0x80) return value;
            }
        }

        while (at < data.Length)
        {
            var key = Varint();
            byte[] value;
            switch (key & 7)
            {
                case 0:
                    value = BitConverter.GetBytes(Varint());
                    break;
                case 1:
                    value = data[at..(at += 8)];
                    break;
                case 5:
                    value = data[at..(at += 4)];
                    break;
                default:
                    Assert.Equal(2ul, key & 7);
                    var length = (int)Varint();
                    value = data[at..(at += length)];
                    break;
            }

            yield return ((int)(key >> 3), value);
        }
    }

    private static uint Masked(ReadOnlySpan<byte> bytes)
    {
        var crc = 0xffffffffu;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 1 ? (crc >> 1) ^ 0x82f63b78u : crc >> 1;
        }

        crc = ~crc;
        return ((crc >> 15) | (crc << 17)) + 0xa282ead8u;
    }
}
