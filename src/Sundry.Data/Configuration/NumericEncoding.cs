namespace Sundry.Data;

/// <summary>How a number becomes an input.</summary>
public enum NumericEncoding
{
    /// <summary>As its standardised value (mean 0, deviation 1) and as the embedding of its quantile bucket.</summary>
    Both,

    /// <summary>As its standardised value alone.</summary>
    Standard,

    /// <summary>As the embedding of its quantile bucket alone.</summary>
    Buckets,

    /// <summary>As how far it has come through each of the intervals between its quantiles, from which the model makes an embedding by a linear layer (Gorishniy et al., 2022).</summary>
    Piecewise,
}
