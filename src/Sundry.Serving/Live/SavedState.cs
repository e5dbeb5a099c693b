using Sundry.Data;

namespace Sundry.Serving;

/// <summary>Counters and histories, where there are any.</summary>
internal sealed class SavedState(ShopState? state) : ISavedPart
{
    public string Name => "state";

    public void Save(BinaryWriter to)
    {
        to.Flush();
        state?.Save(to.BaseStream);
    }

    public void Load(BinaryReader from) => state?.Load(from.BaseStream);
}
