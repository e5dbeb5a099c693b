namespace Sundry.Models;

/// <summary>How a sequence of embeddings becomes one vector.</summary>
public enum SequenceEncoding
{
    /// <summary>Pooled, as the feature's <c>pooling</c> says, whatever the order.</summary>
    Mean,

    /// <summary>A sum weighted by how each member goes with the target (deep interest network; Zhou et al., KDD 2018).</summary>
    Din,

    /// <summary>The last state of a gated recurrent unit (Cho et al., 2014).</summary>
    Gru,

    /// <summary>The last state of blocks of causal self-attention (SASRec; Kang and McAuley, 2018).</summary>
    Attention,

    /// <summary>Several weighted sums, one an interest; with a target, mixed by how each goes with it (ComiRec-SA; Cen et al., KDD 2020).</summary>
    Interests,
}
