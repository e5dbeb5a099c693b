using Sundry.Data;
using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class TrainerTests
{
    [Theory]
    [InlineData("buy.auc")]
    [InlineData("buy.logloss")]
    [InlineData("spend")]
    [InlineData("mean")]
    public void The_best_epoch_by_the_watched_metric_is_the_one_that_is_kept(string metric)
    {
        // labels are chance alone, so that training goes on to learn what does not hold on validation
        using var table = new LabelledTable(300, noise: 1);
        var options = LabelledTable.Options($"{{batch: 16, epochs: 30, learning_rate: 0.03, early_stopping: {{patience: 3, metric: {metric}}}}}");
        var data = table.Prepare(options);
        using var trained = new Trainer(data, options, table.Folder.Path("work")).Train();
        var history = trained.History;
        Assert.True(history.Count < 30, "it never stopped");
        Assert.Equal(trained.BestEpoch + 3, history.Count);
        Assert.Equal(history.Max(e => e.Score), history[trained.BestEpoch - 1].Score);
        Assert.All(history.Take(trained.BestEpoch - 1), e => Assert.True(e.Score < history[trained.BestEpoch - 1].Score));

        var kept = Evaluation.Predict(trained.Model, trained.Store, data.Validation, threads: 1).ToDictionary(p => p.Task.Name, p => p.Metrics(0).ToDictionary(m => m.Name, m => m.Value));
        foreach (var (task, metrics) in history[trained.BestEpoch - 1].Validation)
            foreach (var (name, value) in metrics)
                Assert.Equal(value, kept[task][name], 12);
        Assert.False(Directory.Exists(table.Folder.Path("work")));
    }

    [Fact]
    public void Without_patience_all_epochs_are_trained_and_the_best_is_kept_all_the_same()
    {
        using var table = new LabelledTable(200, noise: 1);
        var options = LabelledTable.Options("{batch: 16, epochs: 12, learning_rate: 0.03, early_stopping: {patience: 0, metric: buy.logloss}}");
        using var trained = new Trainer(table.Prepare(options), options, table.Folder.Path("work")).Train();
        Assert.Equal(12, trained.History.Count);
        Assert.Equal(trained.History.MaxBy(e => e.Score)!.Epoch, trained.BestEpoch);
    }

    [Fact]
    public void A_seed_gives_the_same_weights_on_any_number_of_threads_and_another_seed_gives_others()
    {
        using var table = new LabelledTable();
        byte[] Train(int seed, int threads)
        {
            var options = LabelledTable.Options($"{{batch: 64, epochs: 2, shards: 3, seed: {seed}, threads: {threads}}}");
            using var trained = new Trainer(table.Prepare(options), options, table.Folder.Path($"work{seed}{threads}")).Train();
            return WeightBytes.Of(trained);
        }

        var one = Train(1, 1);
        Assert.Equal(one, Train(1, 1));
        Assert.Equal(one, Train(1, 2));
        Assert.Equal(one, Train(1, 4));
        Assert.NotEqual(one, Train(2, 1));
    }

    [Theory]
    [InlineData("adam", "cosine", "none")]
    [InlineData("adamw", "plateau", "batch")]
    [InlineData("adagrad", "constant", "layer")]
    [InlineData("sgd", "cosine", "batch")]
    public void Stopped_anywhere_and_resumed_it_ends_with_the_weights_of_one_go(string optimizer, string schedule, string normalization)
    {
        using var table = new LabelledTable(400, noise: 0.5);
        var options = LabelledTable.Options(
            $"{{batch: 16, epochs: 6, optimizer: {optimizer}, schedule: {schedule}, weight_decay: 0.001, warm_up: 10, clip: 1, early_stopping: {{patience: 2}}}}",
            model: $"model: {{architecture: ple, embedding: 4, experts: {{count: 2, layers: [8]}}, tower: [4], dropout: 0.2, normalization: {normalization}}}");
        var data = table.Prepare(options);
        using var whole = new Trainer(data, options, table.Folder.Path("whole")).Train();

        // after the first step of an epoch, in its middle, and when it has just ended
        var trainer = new Trainer(data, options, table.Folder.Path("cut"));
        foreach (var stop in new Func<TrainProgress, bool>[] { p => p.Finished is null, p => p.Finished?.Epoch == 2, p => p.Epoch == 3 && p.Rows > 150 })
        {
            using var cancel = new CancellationTokenSource();
            var progress = new Listener(p =>
            {
                if (stop(p)) cancel.Cancel();
            });
            Assert.ThrowsAny<OperationCanceledException>(() => trainer.Train(resume: true, progress, cancel.Token));
        }

        Assert.True(trainer.CanResume);
        var epochs = new List<int>();
        using var resumed = trainer.Train(resume: true, new Listener(p => epochs.Add(p.Epoch)));
        Assert.Equal(3, epochs.Min());
        Assert.Equal(WeightBytes.Of(whole), WeightBytes.Of(resumed));
        Assert.Equal(whole.BestEpoch, resumed.BestEpoch);
        Assert.Equal(whole.History.Select(e => e.Score), resumed.History.Select(e => e.Score));
        Assert.False(trainer.CanResume);
    }

    [Theory]
    [InlineData("uncertainty")]
    [InlineData("imtl_l")]
    [InlineData("dwa")]
    [InlineData("rlw")]
    [InlineData("gls")]
    [InlineData("soft_max")]
    [InlineData("stch")]
    [InlineData("famo")]
    [InlineData("{method: decay, per: step, factors: {buy: 0.99}}")]
    [InlineData("gradvac")]
    [InlineData("gradnorm")]
    [InlineData("metabalance")]
    [InlineData("graddrop")]
    public void Balancers_that_remember_are_resumed_bit_for_bit(string balancing)
    {
        using var table = new LabelledTable(400, noise: 0.5);
        var options = LabelledTable.Options($"{{batch: 16, epochs: 5, clip: 1, balancing: {balancing}, early_stopping: {{patience: 0}}}}");
        var data = table.Prepare(options);
        using var whole = new Trainer(data, options, table.Folder.Path("whole")).Train();
        Assert.All(whole.History, e => Assert.Equal(["buy", "spend"], e.Weights!.Keys));
        Assert.All(whole.History.SelectMany(e => e.Weights!.Values), w => Assert.True(double.IsFinite(w) && w > 0));

        var trainer = new Trainer(data, options, table.Folder.Path("cut"));
        foreach (var epoch in new[] { 2, 4 })
        {
            using var cancel = new CancellationTokenSource();
            Assert.ThrowsAny<OperationCanceledException>(() => trainer.Train(resume: true, new Listener(p =>
            {
                if (p.Epoch == epoch && p.Rows > 150) cancel.Cancel();
            }), cancel.Token));
        }

        using var resumed = trainer.Train(resume: true);
        Assert.Equal(WeightBytes.Of(whole), WeightBytes.Of(resumed));
        Assert.Equal(whole.History.SelectMany(e => e.Weights!.Values), resumed.History.SelectMany(e => e.Weights!.Values));
    }

    public static TheoryData<string> GradientBalancers => [.. Balancers.OfGradients];

    [Theory]
    [MemberData(nameof(GradientBalancers))]
    public void Every_balancer_of_gradients_learns(string balancing)
    {
        using var table = new LabelledTable(600, noise: 0.2);
        var options = LabelledTable.Options($"{{batch: 32, epochs: 6, learning_rate: 0.01, balancing: {balancing}, early_stopping: {{patience: 0}}}}");
        var data = table.Prepare(options);
        using var trained = new Trainer(data, options, table.Folder.Path("work")).Train();
        foreach (var task in trained.History[0].TrainLoss.Keys)
            Assert.True(trained.History[^1].TrainLoss[task] < 0.9 * trained.History[0].TrainLoss[task], $"{balancing}, {task}: {trained.History[0].TrainLoss[task]:g4} to {trained.History[^1].TrainLoss[task]:g4}");
    }

    [Fact]
    public void A_balancer_of_gradients_has_nothing_to_do_for_one_task()
    {
        using var table = new LabelledTable(100);
        var options = LabelledTable.Options("{epochs: 1, balancing: pcgrad}");
        var data = table.Prepare(options);
        using var alone = new Trainer(data, options, table.Folder.Path("alone"), ["buy"]).Train();
        var plain = LabelledTable.Options("{epochs: 1}");
        using var equal = new Trainer(data, plain, table.Folder.Path("equal"), ["buy"]).Train();
        Assert.Equal(WeightBytes.Of(equal), WeightBytes.Of(alone));
    }

    [Fact]
    public void The_losses_after_a_step_are_those_of_the_same_batch_and_dropout()
    {
        // a training of one step at a rate of next to nothing: had the second walk other masks or rows, the losses would differ
        using var table = new LabelledTable(100);
        var seen = new LooksBack();
        Balancers.Add("looks_back", _ => seen);
        var options = LabelledTable.Options("{batch: 1000, epochs: 1, learning_rate: 1e-9, balancing: looks_back}", model: "model: {architecture: mmoe, embedding: 4, experts: {count: 2, layers: [8]}, tower: [4], dropout: 0.5}");
        using var trained = new Trainer(table.Prepare(options), options, table.Folder.Path("work")).Train();
        Assert.Equal(1, seen.Times);
        Assert.Equal(seen.Before[0], seen.After[0], 5);
        Assert.Equal(seen.Before[1], seen.After[1], 5);
    }

    [Fact]
    public void Weights_that_are_all_equal_are_on_record_as_such()
    {
        using var table = new LabelledTable(100);
        var options = LabelledTable.Options("{epochs: 2, balancing: mean}");
        using var trained = new Trainer(table.Prepare(options), options, table.Folder.Path("work")).Train();
        Assert.All(trained.History.SelectMany(e => e.Weights!.Values), w => Assert.Equal(0.5, w));
    }

    [Fact]
    public void A_training_that_is_done_is_not_done_again_while_its_checkpoint_is_kept()
    {
        using var table = new LabelledTable(200);
        var options = LabelledTable.Options("{batch: 64, epochs: 3}");
        var data = table.Prepare(options);
        var trainer = new Trainer(data, options, table.Folder.Path("work")) { KeepsCheckpoint = true };
        using var first = trainer.Train();
        Assert.True(trainer.CanResume);
        var steps = 0;
        using var again = trainer.Train(resume: true, new Listener(_ => steps++));
        Assert.Equal(0, steps);
        Assert.Equal(WeightBytes.Of(first), WeightBytes.Of(again));
        trainer.DeleteCheckpoint();
        Assert.False(Directory.Exists(table.Folder.Path("work")));
    }

    [Fact]
    public void The_work_folder_keeps_what_is_not_the_trainers()
    {
        using var table = new LabelledTable(100);
        Directory.CreateDirectory(table.Folder.Path("work"));
        File.WriteAllText(table.Folder.Path("work/mine.bin"), "mine");
        var options = LabelledTable.Options("{epochs: 1}");
        using var trained = new Trainer(table.Prepare(options), options, table.Folder.Path("work")).Train();
        Assert.Equal([table.Folder.Path("work/mine.bin")], Directory.GetFileSystemEntries(table.Folder.Path("work")));
    }

    [Theory]
    [InlineData("{batch: 1000, epochs: 3}")]
    [InlineData("{batch: 1, epochs: 1, shards: 4}")]
    [InlineData("{batch: 7, epochs: 2, shards: 5, threads: 3}")]
    public void Batches_of_one_row_and_larger_than_the_table_are_learned(string training)
    {
        using var table = new LabelledTable(120);
        var options = LabelledTable.Options(training, model: "model: {architecture: mmoe, embedding: 4, experts: {count: 2, layers: [8]}, tower: [4], normalization: batch}");
        var data = table.Prepare(options);
        using var trained = new Trainer(data, options, table.Folder.Path("work")).Train();
        Assert.All(trained.History.SelectMany(e => e.TrainLoss.Values), loss => Assert.True(double.IsFinite(loss)));
        Assert.All(Evaluation.Predict(trained.Model, trained.Store, data.Validation, 2), p => Assert.All(p.Values, v => Assert.True(float.IsFinite(v))));
    }

    [Fact]
    public void Two_rows_are_enough_to_train_and_one_to_validate()
    {
        using var table = new LabelledTable(1);
        table.Folder.Write("train.csv", "group,x,z,buy,spend\ng1,0.5,1,1,3\ng2,-0.5,1,0,1\n");
        table.Folder.Write("valid.csv", "group,x,z,buy,spend\ng9,,1,0,2\n");
        var options = LabelledTable.Options("{epochs: 2}", data: "{train: train.csv, validation: valid.csv, split: {test: 0%}}");
        var data = table.Prepare(options);
        Assert.Equal((2, 1), (data.Train.Count, data.Validation.Count));
        using var trained = new Trainer(data, options, table.Folder.Path("work")).Train();
        Assert.Equal(2, trained.History.Count);
        Assert.All(Evaluation.Predict(trained.Model, trained.Store, data.Validation, 1), p => Assert.All(p.Values, v => Assert.True(float.IsFinite(v))));
    }

    [Fact]
    public void Batches_without_a_row_of_a_task_teach_that_task_nothing_and_break_nothing()
    {
        // rows of spend are so few that most batches hold none
        using var table = new LabelledTable(400);
        var options = LabelledTable.Options("{batch: 8, epochs: 2, balancing: mean}", tasks: "{buy: binary, spend: {type: regression, where: x > 0.9}}");
        var data = table.Prepare(options);
        using var trained = new Trainer(data, options, table.Folder.Path("work")).Train();
        Assert.All(trained.History.SelectMany(e => e.TrainLoss.Values), loss => Assert.True(double.IsFinite(loss)));
        var plain = LabelledTable.Options("{batch: 8, epochs: 2, balancing: mean}", tasks: "{buy: binary, spend: {type: regression, where: x > 0.9, loss: huber}}");
        using var huber = new Trainer(table.Prepare(plain), plain, table.Folder.Path("work2")).Train();
        Assert.NotEqual(WeightBytes.Of(trained), WeightBytes.Of(huber));
    }

    [Fact]
    public void A_task_without_a_validation_row_is_left_out_of_the_judgement()
    {
        using var table = new LabelledTable(200);
        table.Folder.Write("valid.csv", "group,x,z,buy,spend\ng1,0.1,1,1,\ng2,0.3,1,0,\ng3,0.2,1,1,\n");
        var options = LabelledTable.Options("{epochs: 2}", data: "{train: train.csv, validation: valid.csv, split: {test: 0%}}");
        using var trained = new Trainer(table.Prepare(options), options, table.Folder.Path("work")).Train();
        Assert.All(trained.History, e => Assert.True(double.IsNaN(e.Validation["spend"]["rmse"])));
        Assert.All(trained.History, e => Assert.Equal(e.Validation["buy"]["auc"], e.Score));
    }

    [Fact]
    public void Where_nothing_can_be_judged_the_last_epoch_is_kept()
    {
        using var table = new LabelledTable(200);
        table.Folder.Write("valid.csv", "group,x,z,buy\ng1,0.1,1,1\ng2,0.3,1,1\n");
        var options = LabelledTable.Options("{epochs: 5, early_stopping: {patience: 1}}", tasks: "{buy: binary}", data: "{train: train.csv, validation: valid.csv, split: {test: 0%}}");
        using var trained = new Trainer(table.Prepare(options), options, table.Folder.Path("work")).Train();
        Assert.Equal((5, 5), (trained.History.Count, trained.BestEpoch));
    }

    [Fact]
    public void A_label_with_one_class_is_learned()
    {
        using var table = new LabelledTable(100);
        var lines = File.ReadAllLines(table.Folder.Path("train.csv")).Select((l, i) => i == 0 ? l : string.Join(',', l.Split(',').Select((f, c) => c == 3 ? "1" : f)));
        table.Folder.Write("train.csv", string.Join('\n', lines) + "\n");
        var options = LabelledTable.Options("{epochs: 2, batch: 16}");
        var data = table.Prepare(options);
        using var trained = new Trainer(data, options, table.Folder.Path("work")).Train();
        var buy = Evaluation.Predict(trained.Model, trained.Store, data.Validation, 1)[0];
        Assert.All(buy.Values, p => Assert.InRange(p, 0.5f, 1));
        Assert.True(double.IsNaN(buy.Metrics(0).Single(m => m.Name == "auc").Value));
    }

    [Fact]
    public void A_training_that_runs_away_is_stopped_with_advice()
    {
        using var table = new LabelledTable(300);
        var options = LabelledTable.Options("{optimizer: sgd, learning_rate: 100, batch: 16, epochs: 20, schedule: constant}");
        var refused = Assert.Throws<InputException>(() => new Trainer(table.Prepare(options), options, table.Folder.Path("work")).Train());
        Assert.Contains("learning_rate", refused.Message, StringComparison.Ordinal);
        Assert.Contains("epoch", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_that_is_no_number_stops_the_training_at_its_step_and_leaves_the_last_good_checkpoint()
    {
        using var table = new LabelledTable(320);
        var bursts = new Bursts();
        Balancers.Add("bursts", _ => bursts);
        var options = LabelledTable.Options("{batch: 64, epochs: 5, balancing: bursts}");
        var data = table.Prepare(options);
        var trainer = new Trainer(data, options, table.Folder.Path("work"));
        // four or five steps an epoch; the sixth makes the weights NaN, so that the seventh finds the loss
        Assert.InRange(data.Train.Count, 193, 319);
        var refused = Assert.Throws<InputException>(() => trainer.Train());
        Assert.Matches("task 'buy' is no longer a number in step 7 \\(epoch 2\\); the checkpoint of epoch 1 is kept", refused.Message);
        Assert.True(trainer.CanResume);
        bursts.At = -1;
        var first = 0;
        using var resumed = trainer.Train(resume: true, new Listener(p => first = first == 0 ? p.Epoch : first));
        Assert.Equal(2, first);
        Assert.All(resumed.History, e => Assert.True(double.IsFinite(e.Score)));
    }

    [Fact]
    public void Weights_that_the_last_step_of_an_epoch_spoils_do_not_become_a_checkpoint()
    {
        using var table = new LabelledTable(320);
        var bursts = new Bursts();
        Balancers.Add("bursts_late", _ => bursts);
        var options = LabelledTable.Options("{batch: 64, epochs: 5, balancing: bursts_late}");
        var data = table.Prepare(options);
        bursts.At = 2 * ((data.Train.Count + 63) / 64) - 1;
        var trainer = new Trainer(data, options, table.Folder.Path("work"));
        var refused = Assert.Throws<InputException>(() => trainer.Train());
        Assert.Matches("predictions of task 'buy' are no longer numbers after epoch 2; the checkpoint of epoch 1 is kept", refused.Message);
        Assert.True(trainer.CanResume);
    }

    [Fact]
    public void Some_tasks_can_be_learned_alone()
    {
        using var table = new LabelledTable(200);
        var options = LabelledTable.Options("{epochs: 2, early_stopping: {metric: buy.auc}}");
        var data = table.Prepare(options);
        using var spend = new Trainer(data, options, table.Folder.Path("work"), ["spend"]).Train();
        Assert.Equal(["spend"], spend.Model.Heads.Select(h => h.Task.Name));
        Assert.Equal(["spend"], spend.History[0].Validation.Keys);
        Assert.Throws<InputException>(() => new Trainer(data, options, table.Folder.Path("work"), ["spent"]));
    }

    /// <summary>Equal weights, but for one step that spoils the model.</summary>
    private sealed class Bursts : IWeightBalancer
    {
        public long At { get; set; } = 5;

        public void Weigh(in BalancingStep step, Span<double> weights) => weights.Fill(step.Step == At ? double.NaN : 1);
    }

    private sealed class LooksBack : IWeightBalancer
    {
        public double[] Before { get; private set; } = [];

        public double[] After { get; private set; } = [];

        public int Times { get; private set; }

        bool IWeightBalancer.LooksBack => true;

        public void Weigh(in BalancingStep step, Span<double> weights) => weights.Fill(1);

        public void AfterStep(in BalancingStep before, ReadOnlySpan<double> losses)
        {
            (Before, After) = (before.Losses.ToArray(), losses.ToArray());
            Times++;
        }
    }

    private sealed class Listener(Action<TrainProgress> tell) : IProgress<TrainProgress>
    {
        public void Report(TrainProgress value) => tell(value);
    }
}
