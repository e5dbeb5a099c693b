namespace Sundry.Compute;

public sealed unsafe partial class TaskGradients
{
    private float[] _valuesBefore = [];
    private float[] _rowsBefore = [];

    /// <summary>
    /// What every loss would be after a step along one task's gradient of the shared tensors, θ − rate · g_i, for each task by itself: on the rows of the
    /// last forward walk, with its dropout. Afterwards all weights, running statistics too, are to the bit what they were, and so is the last forward walk.
    /// </summary>
    /// <param name="rates">[tasks]: the step's rate; a task of rate 0 is left out.</param>
    /// <param name="losses">[tasks, tasks]: takes in row i the tasks' losses after the step of task i; NaN for a task that is left out.</param>
    public void LookAhead(ReadOnlySpan<double> rates, double[,] losses)
    {
        Remember();
        for (var i = 0; i < Tasks; i++)
        {
            for (var j = 0; j < Tasks; j++) losses[i, j] = double.NaN;
            if (rates[i] == 0) continue;
            Shift(i, (float)-rates[i]);
            var after = _plan.Forward(_plan.LastRows);
            for (var j = 0; j < Tasks; j++) losses[i, j] = after[j];
            Restore();
        }

        _plan.Forward(_plan.LastRows);
        // a forward walk moves the running statistics of normalisation
        Restore();
    }

    private void Shift(int task, float rate)
    {
        foreach (var parameter in _tensors.Parameters)
            Elementwise.AxpyTo(_run.Store.ValueBlock + parameter.Offset, _stored[task].Pointer + _offsets[parameter.Index], rate, parameter.Length);
        foreach (var table in _tensors.Tables)
            foreach (var part in _rows[table.Index])
                for (var slot = 0; slot < part.Count; slot++)
                    Elementwise.AxpyTo(_run.Store.RowPointer(table, part.Row(slot)), part.Gradient(slot) + task * table.Width, rate, table.Width);
        _run.Store.Touch();
    }

    private void Remember()
    {
        var length = (int)_graph.ParameterBlockLength;
        if (_valuesBefore.Length < length) _valuesBefore = new float[length];
        new ReadOnlySpan<float>(_run.Store.ValueBlock, length).CopyTo(_valuesBefore);
        var rows = 0;
        foreach (var table in _tensors.Tables)
            foreach (var part in _rows[table.Index])
                rows += part.Count * table.Width;
        if (_rowsBefore.Length < rows) _rowsBefore = new float[rows];
        var at = 0;
        foreach (var table in _tensors.Tables)
            foreach (var part in _rows[table.Index])
                for (var slot = 0; slot < part.Count; slot++, at += table.Width)
                    _run.Store.Values(table, part.Row(slot)).CopyTo(_rowsBefore.AsSpan(at, table.Width));
    }

    private void Restore()
    {
        var length = (int)_graph.ParameterBlockLength;
        _valuesBefore.AsSpan(0, length).CopyTo(new Span<float>(_run.Store.ValueBlock, length));
        var at = 0;
        foreach (var table in _tensors.Tables)
            foreach (var part in _rows[table.Index])
                for (var slot = 0; slot < part.Count; slot++, at += table.Width)
                    _rowsBefore.AsSpan(at, table.Width).CopyTo(_run.Store.Values(table, part.Row(slot)));
        _run.Store.Touch();
    }
}
