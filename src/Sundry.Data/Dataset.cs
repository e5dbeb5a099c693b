namespace Sundry.Data;

/// <summary>Encoded training, validation and test rows, with the encoder that made them.</summary>
public sealed class Dataset : IDisposable
{
    internal Dataset(Encoder encoder, EncodedTable train, EncodedTable validation, EncodedTable? test, DataSummary summary)
    {
        Encoder = encoder;
        Train = train;
        Validation = validation;
        Test = test;
        Summary = summary;
    }

    /// <summary>The encoder, fitted on the training rows alone.</summary>
    public Encoder Encoder { get; }

    /// <summary>The columns of all parts.</summary>
    public Layout Layout => Encoder.Layout;

    /// <summary>The rows to learn from.</summary>
    public EncodedTable Train { get; }

    /// <summary>The rows that settings and the best epoch are chosen on.</summary>
    public EncodedTable Validation { get; }

    /// <summary>The rows to judge on, where there are any.</summary>
    public EncodedTable? Test { get; }

    /// <summary>What was found in the data.</summary>
    public DataSummary Summary { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Train.Dispose();
        Validation.Dispose();
        Test?.Dispose();
    }
}
