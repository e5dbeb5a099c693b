using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class BatchFeedTests
{
    [Theory]
    [InlineData(1, true)]
    [InlineData(7, true)]
    [InlineData(7, false)]
    [InlineData(64, false)]
    [InlineData(500, true)]
    [InlineData(500, false)]
    public void Every_row_of_the_table_comes_once_an_epoch_in_batches_of_the_asked_size(int size, bool ahead)
    {
        using var table = new LabelledTable(250);
        var data = table.Prepare(LabelledTable.Options("{epochs: 1}"));
        var all = new float[data.Train.Count];
        data.Train.ReadLabels(1, all);
        var feed = new BatchFeed(data.Train, new ShuffledRows(data.Train.Count, size), size, ahead);
        var orders = new List<float[]>();
        for (var epoch = 1; epoch <= 2; epoch++)
        {
            var seen = new List<float>();
            var sizes = new List<int>();
            feed.Run(1, epoch, batch =>
            {
                sizes.Add(batch.Count);
                for (var row = 0; row < batch.Count; row++) seen.Add(batch.Labels[row * 2 + 1]);
            }, CancellationToken.None);
            Assert.All(sizes.SkipLast(1), s => Assert.Equal(size, s));
            Assert.Equal(all.Length, sizes.Sum());
            Assert.Equal(all.Order(), seen.Order());
            orders.Add([.. seen]);
        }

        Assert.NotEqual(orders[0], orders[1]);
    }

    [Fact]
    public void A_fault_or_a_cancellation_leaves_no_read_under_way()
    {
        using var table = new LabelledTable(250);
        var data = table.Prepare(LabelledTable.Options("{epochs: 1}"));
        for (var round = 0; round < 50; round++)
        {
            using var cancel = new CancellationTokenSource();
            var feed = new BatchFeed(data.Train, new ShuffledRows(data.Train.Count, 10), 10);
            var learned = 0;
            Assert.ThrowsAny<OperationCanceledException>(() => feed.Run(1, 1, _ =>
            {
                if (++learned == 3) cancel.Cancel();
            }, cancel.Token));
            Assert.Equal(3, learned);
            Assert.Throws<InvalidOperationException>(() => feed.Run(1, 1, _ => throw new InvalidOperationException(), CancellationToken.None));
        }
    }
}
