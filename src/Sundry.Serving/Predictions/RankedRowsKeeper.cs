using Sundry.Data;
using Sundry.Models;

namespace Sundry.Serving;

/// <summary>What a ranking needs of a table's rows that stream by: their groups, their terms' outputs, and where they end in the output.</summary>
internal sealed class RankedRowsKeeper
{
    private readonly GroupReader _reader;
    private readonly RankedOutputs _outputs;
    private readonly List<long> _ends = [];

    public RankedRowsKeeper(RankingInfo ranking, Bundle bundle, IReadOnlyList<TaskHead> heads, TableReader table)
    {
        _outputs = new RankedOutputs(ranking, heads);
        _reader = new GroupReader(_outputs.Rows.Columns, bundle.Encoder, table.Header, table.Files[0]);
    }

    /// <summary>[rows] the end of each row in the output, without its line end.</summary>
    public IReadOnlyList<long> Ends => _ends;

    /// <summary>Reads a row's group; null, or what is wrong with it.</summary>
    public string? Read(RawRow row) => _reader.Read(row, out _);

    /// <summary>Keeps the row that was read last.</summary>
    public void Accept() => _outputs.Rows.Add(_reader.Group, _reader.Numbers);

    /// <summary>Takes the terms' outputs out of the predictions of the last <paramref name="count"/> rows.</summary>
    public void Score(float[][] predictions, int count) => _outputs.Score(predictions, count);

    /// <summary>The row that is being written ends here.</summary>
    public void EndRow(long position) => _ends.Add(position);

    /// <summary>As <see cref="RankedOutputs.Rank"/>.</summary>
    public (double[] Values, int[] Ranks) Rank(ValueFormula formula) => _outputs.Rank(formula);
}
