using Sundry.Data;

namespace Sundry.Training;

/// <summary>
/// The epochs of a training as a TensorBoard event file: losses, task weights, validation metrics and learning rate over epochs; norms, cosines
/// and conflicts of the tasks' gradients; the use of experts.
/// </summary>
public static class TrainingEvents
{
    /// <summary>The folder of a model that holds them; <c>tensorboard --logdir MODEL</c> finds it.</summary>
    public const string Folder = "tensorboard";

    /// <summary>Writes the event file into <see cref="Folder"/> of a model's folder.</summary>
    /// <param name="model">The model's folder.</param>
    /// <param name="history">The epochs.</param>
    /// <param name="end">When the last epoch ended.</param>
    /// <exception cref="InputException">The disk is full or not writable.</exception>
    public static void Write(string model, IReadOnlyList<EpochRecord> history, DateTimeOffset end)
    {
        var folder = Path.Combine(model, Folder);
        var begin = Seconds(end) - history.Sum(e => e.Seconds);
        try
        {
            Directory.CreateDirectory(folder);
            using var stream = File.Create(Path.Combine(folder, $"events.out.tfevents.{(long)begin:D10}.sundry"));
            Write(stream, history, begin);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"the TensorBoard file cannot be written ({e.Message.TrimEnd('.')}); the model beside it is whole", folder, inner: e);
        }
    }

    internal static void Write(Stream stream, IReadOnlyList<EpochRecord> history, double begin)
    {
        var file = new EventFile(stream, begin);
        var time = begin;
        foreach (var epoch in history)
        {
            time += epoch.Seconds;
            file.Add(time, epoch.Epoch, Scalars(epoch).Where(s => double.IsFinite(s.Value)));
        }
    }

    private static IEnumerable<KeyValuePair<string, double>> Scalars(EpochRecord epoch)
    {
        foreach (var (task, loss) in epoch.TrainLoss) yield return new($"training_loss/{task}", loss);
        foreach (var (task, metrics) in epoch.Validation)
            foreach (var (metric, value) in metrics)
                yield return new($"validation_{metric}/{task}", value);
        foreach (var (task, weight) in epoch.Weights ?? new Dictionary<string, double>()) yield return new($"task_weight/{task}", weight);
        if (epoch.Gradients is { } gradients)
        {
            foreach (var (task, norm) in gradients.Norms) yield return new($"gradient_norm/{task}", norm);
            foreach (var pair in gradients.Pairs)
            {
                yield return new($"gradient_cosine/{pair.First}_vs_{pair.Second}", pair.Cosine);
                yield return new($"gradient_conflict/{pair.First}_vs_{pair.Second}", pair.Conflicts);
            }
        }

        if (epoch.Gates is { Count: > 0 } gates)
        {
            foreach (var gate in gates)
                for (var i = 0; i < gate.Experts.Count; i++)
                    yield return new($"gate_weight_level_{gate.Level}/{gate.Gate}/{gate.Experts[i]}", gate.Weights[i]);
            var dead = DeadExperts.Of(gates);
            foreach (var level in gates.Select(gate => gate.Level).Distinct()) yield return new($"dead_experts/level_{level}", dead.Count(d => d.Level == level));
        }

        yield return new("training/learning_rate", epoch.LearningRate);
        yield return new("training/score", epoch.Score);
    }

    private static double Seconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).TotalSeconds;
}
