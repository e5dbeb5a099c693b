namespace Sundry.Models;

/// <summary>How features act together before and beside what an architecture makes of them.</summary>
public enum Interaction
{
    /// <summary>A weight for each value of each feature, and for each number, added to every task's logits: logistic regression's part.</summary>
    Linear,

    /// <summary>The inner products of all pairs of features' embeddings, added to every task's logits: a factorisation machine's part (Rendle, 2010; with linear and layers DeepFM, Guo et al., 2017).</summary>
    Fm,

    /// <summary>Cross layers x' = x₀ · (W x + b) + x on all features side by side; the architecture reads what comes out (DCN-V2, Wang et al., 2021).</summary>
    Dcn,

    /// <summary>A compressed interaction network on the embeddings; the architecture reads its sums beside the features (xDeepFM, Lian et al., 2018).</summary>
    Cin,
}
