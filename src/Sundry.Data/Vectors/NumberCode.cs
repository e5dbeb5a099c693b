using System.Buffers.Binary;

namespace Sundry.Data;

/// <summary>How a file of numbers writes one of them, little-endian.</summary>
public enum NumberCode
{
    /// <summary>Four bytes, IEEE 754.</summary>
    Single,

    /// <summary>Eight bytes, IEEE 754.</summary>
    Double,

    /// <summary>Two bytes, IEEE 754.</summary>
    Half,

    /// <summary>Two bytes: the upper half of a <see cref="Single"/>.</summary>
    BrainFloat,
}

/// <summary>Turns numbers as files write them into floats.</summary>
public static class NumberCodes
{
    /// <summary>How many bytes a number has.</summary>
    public static int Bytes(this NumberCode code) => code switch
    {
        NumberCode.Single => 4,
        NumberCode.Double => 8,
        _ => 2,
    };

    /// <summary>Reads as many numbers as there is room for.</summary>
    /// <param name="code">How they are written.</param>
    /// <param name="bytes">At least as many bytes as that many numbers have.</param>
    /// <param name="numbers">Receives the numbers.</param>
    public static void Read(this NumberCode code, ReadOnlySpan<byte> bytes, Span<float> numbers)
    {
        int size = code.Bytes();
        for (int i = 0; i < numbers.Length; i++)
        {
            var one = bytes.Slice(i * size, size);
            numbers[i] = code switch
            {
                NumberCode.Single => BinaryPrimitives.ReadSingleLittleEndian(one),
                NumberCode.Double => (float)BinaryPrimitives.ReadDoubleLittleEndian(one),
                NumberCode.Half => (float)BinaryPrimitives.ReadHalfLittleEndian(one),
                _ => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(one) << 16),
            };
        }
    }
}
