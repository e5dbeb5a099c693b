namespace Sundry.Data;

/// <summary>What an <see cref="EdgeTable{TEdge}"/> keeps.</summary>
internal interface IEdge
{
    /// <summary>The item's number.</summary>
    int Item { get; }
}
