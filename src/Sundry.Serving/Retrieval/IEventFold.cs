using Sundry.Data;

namespace Sundry.Serving;

/// <summary>
/// What is known after events, one after the other: it depends on the events and their order alone, so that a state that was saved and then given the
/// events since is, byte for byte, the state that all events lead to. One thread applies events; any number may read meanwhile.
/// </summary>
public interface IEventFold
{
    /// <summary>Its name in a saved state.</summary>
    string Name { get; }

    /// <summary>Takes an event into account.</summary>
    void Apply(in ShopEvent e);

    /// <summary>Writes all that it knows.</summary>
    void Save(BinaryWriter to);

    /// <summary>Replaces all that it knows by what <see cref="Save"/> wrote under the same settings.</summary>
    /// <exception cref="InvalidDataException">It is not that.</exception>
    void Load(BinaryReader from);
}
