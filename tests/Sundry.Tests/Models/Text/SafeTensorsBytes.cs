using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Sundry.Tests;

/// <summary>Writes the bytes of <c>.safetensors</c> files, true and lying.</summary>
internal static class SafeTensorsBytes
{
    public static byte[] Of(params IReadOnlyList<(string Name, int[] Shape, float[] Values)> tensors)
    {
        var header = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
        int at = 0;
        foreach (var (name, shape, values) in tensors)
        {
            header.Append(CultureInfo.InvariantCulture, $",\"{name}\":{{\"dtype\":\"F32\",\"shape\":[{string.Join(',', shape)}],\"data_offsets\":[{at},{at + 4 * values.Length}]}}");
            at += 4 * values.Length;
        }

        return Of(header.Append('}').ToString(), [.. tensors.SelectMany(tensor => tensor.Values).SelectMany(BitConverter.GetBytes)]);
    }

    public static byte[] Of(string header, byte[] data, long? length = null)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var prefix = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, length ?? text.Length);
        return [.. prefix, .. text, .. data];
    }
}
