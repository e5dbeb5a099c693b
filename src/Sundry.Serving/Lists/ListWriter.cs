using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Serving;

/// <summary>Writes lists as a table, or as JSON Lines: <c>user, rank, item, score, p_TASK …, source, reasons</c>.</summary>
/// <param name="output">Takes them; it stays open.</param>
/// <param name="log">The log that names users and items.</param>
/// <param name="heads">The tasks.</param>
/// <param name="lines">JSON Lines rather than CSV.</param>
public sealed class ListWriter(Stream output, EventLog log, IReadOnlyList<TaskHead> heads, bool lines) : IDisposable
{
    private readonly TableWriter _table = new(output, leaveOpen: true);

    /// <summary>Rows so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Writes the header, where the form has one.</summary>
    public void Begin()
    {
        if (lines) return;
        foreach (var name in (string[])["user", "rank", "item", "score", .. heads.Select(h => "p_" + h.Task.Name), "source", "reasons"]) _table.Field(name);
        _table.EndRow();
    }

    /// <summary>Writes a list.</summary>
    public void Write(int user, IReadOnlyList<Recommendation> list)
    {
        ArgumentNullException.ThrowIfNull(list);
        for (var place = 0; place < list.Count; place++)
        {
            Rows++;
            if (lines) Line(user, place + 1, list[place]);
            else Row(user, place + 1, list[place]);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _table.Dispose();

    private void Row(int user, int rank, Recommendation one)
    {
        _table.Field(log.Users[user]);
        _table.Field(rank.ToString(CultureInfo.InvariantCulture));
        _table.Field(log.Items[one.Item]);
        _table.Field((float)one.Score);
        for (var h = 0; h < heads.Count; h++)
            if (heads[h].Outputs == 1) _table.Field(one.Outputs[h]);
            else _table.Field(heads[h].Task.Classes[(int)one.Outputs[h]]);
        _table.Field(one.Source);
        _table.Field(string.Join("; ", one.Reasons));
        _table.EndRow();
    }

    private void Line(int user, int rank, Recommendation one)
    {
        var json = new JsonObject { ["user"] = log.Users.Text(user), ["rank"] = rank, ["item"] = log.Items.Text(one.Item), ["score"] = one.Score };
        for (var h = 0; h < heads.Count; h++) json["p_" + heads[h].Task.Name] = heads[h].Outputs == 1 ? one.Outputs[h] : heads[h].Task.Classes[(int)one.Outputs[h]];
        json["source"] = one.Source;
        json["reasons"] = new JsonArray([.. one.Reasons.Select(r => (JsonNode)r)]);
        using (var writer = new Utf8JsonWriter(output)) json.WriteTo(writer);
        output.WriteByte((byte)'\n');
    }
}
