namespace Sundry.Compute;

/// <summary>The three matrix products that training a linear layer y = x W takes.</summary>
public enum ProductForm
{
    /// <summary>y = x W.</summary>
    Forward,

    /// <summary>dx = dy Wᵀ.</summary>
    InputGradient,

    /// <summary>dW = xᵀ dy.</summary>
    WeightGradient,
}
