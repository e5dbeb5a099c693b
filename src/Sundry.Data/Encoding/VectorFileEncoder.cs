using System.Text.Json;

namespace Sundry.Data;

/// <summary>A vector of a file, named by its key: the row of a table that is not trained, and a mark where there is none.</summary>
internal sealed class VectorFileEncoder(string name, int? embedding, IReadOnlyList<string> columns, Vocabulary keys, VectorTable vectors) : FeatureEncoder(name, embedding, columns)
{
    public const string Kind = "vector_file";

    public override int IdCount => 1;

    public override int NumberCount => 1;

    public override void Describe(List<IdField> ids, List<BagField> bags, List<string> numbers)
    {
        ids.Add(new IdField(Name, Name, keys.Rows, Embedding) { Vectors = vectors });
        numbers.Add(Name + ":missing");
    }

    public override string? Encode(ReadOnlySpan<byte> field, bool missing, MissingTexts texts, Span<int> ids, Span<float> numbers, IntList bag)
    {
        ids[0] = missing ? keys.Missing : keys.Row(field);
        numbers[0] = ids[0] <= keys.Missing ? 1 : 0;
        return null;
    }

    /// <summary>The same encoder with the vectors that lie in a folder of prepared data.</summary>
    public VectorFileEncoder In(string folder) => new(Name, Embedding, Columns, keys, vectors.In(folder, Name));

    public static VectorFileEncoder ReadBody(string name, int? embedding, IReadOnlyList<string> columns, JsonElement json)
    {
        int width = json.GetProperty("width").GetInt32();
        var keys = Vocabulary.Read(json);
        Check(width is >= 1 and <= 1 << 16 && keys.HasMissing, "a vector's width");
        return new VectorFileEncoder(name, embedding, columns, keys, new VectorTable(width, keys.Rows));
    }

    protected override void WriteBody(Utf8JsonWriter json, bool writesTable)
    {
        json.WriteString("kind", Kind);
        json.WriteNumber("width", vectors.Width);
        keys.Write(json);
    }
}
