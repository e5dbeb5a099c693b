using System.Text.Json;

namespace Sundry.Data;

/// <summary>The sizes of a transformer that reads texts.</summary>
/// <param name="Tokens">Different tokens.</param>
/// <param name="Width">Floats a token.</param>
/// <param name="Layers">Blocks.</param>
/// <param name="Heads">Parts of the width that attend by themselves.</param>
/// <param name="Inner">Floats of the layer within a block.</param>
/// <param name="Positions">The most tokens of a text.</param>
/// <param name="Epsilon">What keeps a normalisation's quotient finite.</param>
public sealed record TextShape(int Tokens, int Width, int Layers, int Heads, int Inner, int Positions, double Epsilon)
{
    private const int LongestConfig = 1 << 20;

    /// <summary>Kinds of texts that the model tells apart, of which the first is used.</summary>
    public int Types { get; init; } = 2;

    /// <summary>Reads the <c>config.json</c> of a model folder.</summary>
    /// <exception cref="InputException">It is missing, of another kind of model, or its sizes cannot be.</exception>
    internal static TextShape ReadConfig(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length > LongestConfig) throw new InputException("it is too long for the settings of a model; give the config.json of a BERT model", path);
            using var json = JsonDocument.Parse(file);
            var root = json.RootElement;
            if (root.TryGetProperty("model_type", out var type) && type.GetString() != "bert") throw new InputException($"the model is of type '{type.GetString()}', and only BERT's layout is known", path);
            if (root.TryGetProperty("hidden_act", out var activation) && activation.GetString() != "gelu") throw new InputException($"its activation is '{activation.GetString()}', and only gelu is known", path);
            if (root.TryGetProperty("position_embedding_type", out var positions) && positions.GetString() != "absolute") throw new InputException($"its positions are '{positions.GetString()}', and only absolute ones are known", path);
            double epsilon = root.TryGetProperty("layer_norm_eps", out var given) ? given.GetDouble() : 1e-12;
            var shape = new TextShape(Size(root, "vocab_size"), Size(root, "hidden_size"), Size(root, "num_hidden_layers"), Size(root, "num_attention_heads"), Size(root, "intermediate_size"), Size(root, "max_position_embeddings"), epsilon)
            {
                Types = root.TryGetProperty("type_vocab_size", out _) ? Size(root, "type_vocab_size") : 2,
            };
            return shape.Fits() ? shape : throw new InputException("its sizes cannot be those of a model; give the config.json of a BERT model", path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"it cannot be opened ({e.Message.TrimEnd('.')}); give a model folder with config.json, vocab.txt and model.safetensors", path, inner: e);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new InputException($"it does not say the sizes of a model ({e.Message.TrimEnd('.')}); give the config.json of a BERT model", path, inner: e);
        }
    }

    /// <summary>Whether a model can have these sizes.</summary>
    internal bool Fits() => Tokens is >= 1 and <= 1 << 24 && Width is >= 1 and <= 1 << 13 && Layers is >= 1 and <= 96 && Heads >= 1 && Width % Heads == 0 && Inner is >= 1 and <= 1 << 16
        && Positions is >= 2 and <= 1 << 16 && Types is >= 1 and <= 64 && Epsilon is > 0 and < 1;

    private static int Size(JsonElement root, string key) => root.GetProperty(key).GetInt32();
}
