using Sundry.Compute;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>The first weights of a text encoder: those of a file in BERT's layout, or random ones. A file's are taken over as soon as they are asked for, each checked by its shape.</summary>
internal sealed class TextTensors(SafeTensors? file)
{
    private readonly string _prefix = file?.Has("bert.embeddings.word_embeddings.weight") == true ? "bert." : "";

    /// <summary>Rows of a table, [rows, width].</summary>
    public Initializer Rows(string name, int rows, int width) => file is null ? Initializer.Normal(0.02) : Initializer.Of(file.Read(_prefix + name, rows, width));

    /// <summary>A layer's weights, which the file has as [outputs, inputs].</summary>
    public Initializer Matrix(string name, int inputs, int outputs)
    {
        if (file is null) return Initializer.Normal(0.02);
        var given = file.Read(_prefix + name, outputs, inputs);
        var turned = new float[given.Length];
        for (var o = 0; o < outputs; o++)
            for (var i = 0; i < inputs; i++)
                turned[i * outputs + o] = given[o * inputs + i];
        return Initializer.Of(turned);
    }

    /// <summary>A bias or a normalisation's scale or shift.</summary>
    public Initializer Vector(string name, int width, float otherwise) => file is null ? Initializer.Constant(otherwise) : Initializer.Of(file.Read(_prefix + Known(name), width));

    /// <summary>Positions, to which the one kind of text that there is is added.</summary>
    public Initializer Positions(TextShape shape)
    {
        if (file is null) return Initializer.Normal(0.02);
        var positions = file.Read(_prefix + "embeddings.position_embeddings.weight", shape.Positions, shape.Width);
        var kinds = file.Read(_prefix + "embeddings.token_type_embeddings.weight", shape.Types, shape.Width);
        for (var i = 0; i < positions.Length; i++) positions[i] += kinds[i % shape.Width];
        return Initializer.Of(positions);
    }

    // files of TensorFlow's age call scale and shift gamma and beta
    private string Known(string name)
    {
        if (file!.Has(_prefix + name)) return name;
        var old = name.Replace("LayerNorm.weight", "LayerNorm.gamma", StringComparison.Ordinal).Replace("LayerNorm.bias", "LayerNorm.beta", StringComparison.Ordinal);
        return file.Has(_prefix + old) ? old : name;
    }
}
