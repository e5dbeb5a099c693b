using System.Buffers;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>A line about an item or a user.</summary>
/// <param name="Number">The line's number, from 1.</param>
/// <param name="Id">Whom it is about.</param>
/// <param name="Refused">Why it is refused; null where it is not.</param>
internal sealed record BulkLine(long Number, string? Id, string? Refused)
{
    public string Json { get; init; } = "";

    public bool Patches { get; init; }

    public bool Deletes { get; init; }
}

/// <summary>Does what lines say, and gathers what became of each.</summary>
internal sealed class BulkResults
{
    private readonly ArrayBufferWriter<byte> _bytes = new(4096);
    private bool _wrote;

    /// <summary>A JSON document a line.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    /// <summary>Does what lines say, in their order, many at a time.</summary>
    /// <returns>Whether it can go on: not where the store ceased to write.</returns>
    /// <exception cref="StoreUnavailableException">The store does not write, and nothing was written yet.</exception>
    public async ValueTask<bool> Take(HttpCall call, EntityKind kind, IReadOnlyList<BulkLine> lines)
    {
        for (var i = 0; i < lines.Count;)
        {
            var first = lines[i];
            var end = i + 1;
            while (end < lines.Count && !first.Deletes && first.Refused is null && lines[end] is { Deletes: false, Refused: null } next && next.Patches == first.Patches) end++;
            var run = lines.Skip(i).Take(end - i).ToArray();
            try
            {
                await Run(call, kind, run);
                _wrote |= first.Refused is null;
            }
            catch (StoreUnavailableException e) when (_wrote)
            {
                foreach (var line in lines.Skip(i)) Say(line, "unavailable", e.Message);
                return false;
            }

            i = end;
        }

        return true;
    }

    private async Task Run(HttpCall call, EntityKind kind, BulkLine[] run)
    {
        if (run[0].Refused is { } reason)
        {
            Say(run[0], "refused", reason);
        }
        else if (run[0].Deletes)
        {
            Say(run[0], await call.Shop.Delete(kind, run[0].Id!, call.Cancel) ? "deleted" : "missing");
        }
        else if (run[0].Patches)
        {
            await Patch(call, kind, run);
        }
        else
        {
            await call.Shop.Put(kind, [.. run.Select(l => (l.Id!, l.Json))], call.Cancel);
            foreach (var line in run) Say(line, "stored");
        }
    }

    private async Task Patch(HttpCall call, EntityKind kind, BulkLine[] run)
    {
        try
        {
            var missing = (await call.Shop.Patch(kind, [.. run.Select(l => (l.Id!, l.Json))], call.Cancel)).ToHashSet(StringComparer.Ordinal);
            foreach (var line in run) Say(line, missing.Contains(line.Id!) ? "missing" : "stored");
        }
        catch (InputException e) when (run.Length == 1)
        {
            Say(run[0], "refused", e.Message);
        }
        catch (InputException)
        {
            // one of them makes too much of its item; those before it were patched, and a patch can be done again
            foreach (var line in run) await Patch(call, kind, [line]);
        }
    }

    private void Say(BulkLine line, string outcome, string? reason = null)
    {
        JsonBody.Write(_bytes, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("line", line.Number);
            if (line.Id is not null) json.WriteString("id", line.Id);
            json.WriteString("outcome", outcome);
            if (reason is not null) json.WriteString("reason", reason);
            json.WriteEndObject();
        });
        _bytes.Write("\n"u8);
    }
}
