using Sundry.Compute;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Training;

/// <summary>One step of a training: losses forward, balanced, backward, and the weights changed.</summary>
/// <param name="model">The network.</param>
/// <param name="plan">Its training plan.</param>
/// <param name="balancer">How losses or gradients are combined.</param>
/// <param name="gradients">The tasks' gradients by themselves, for a balancer that looks at them, or tasks that teach embeddings in part; else null.</param>
/// <param name="clip">Greatest norm of a step's gradients.</param>
/// <param name="watch">Looks at the tasks' gradients now and then; null for not.</param>
internal sealed class TrainingStep(MultiTaskModel model, TrainingPlan plan, IBalancer balancer, PlanGradients? gradients, double clip, GradientWatch? watch = null)
{
    private readonly double[] _losses = new double[model.Heads.Count];
    private readonly double[] _totals = new double[model.Heads.Count];
    private readonly double[] _weights = new double[model.Heads.Count];
    private readonly double[] _lossWeights = model.LossWeights();

    /// <summary>Learns a batch.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="epoch">The epoch, counted from 1.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="record">Takes losses and weights.</param>
    /// <exception cref="InputException">A loss is no longer a number; the weights are then those before the step.</exception>
    public void Run(Batch batch, int epoch, double rate, EpochLosses record)
    {
        model.Fill(plan, batch, _totals);
        plan.Forward(batch.Count)[.._losses.Length].CopyTo(_losses);
        RefuseNoNumbers(epoch);
        var step = new BalancingStep(_losses, _totals, plan.Steps, epoch);
        if (balancer is IGradientBalancer ofGradients)
        {
            gradients!.Collect(_lossWeights.AsSpan(_losses.Length));
            watch?.Look(_losses, _lossWeights.AsSpan(_losses.Length));
            ofGradients.Balance(step, gradients, _weights);
        }
        else
        {
            gradients?.Collect(_lossWeights.AsSpan(_losses.Length));
            watch?.Look(_losses, _lossWeights.AsSpan(_losses.Length));
            ((IWeightBalancer)balancer).Weigh(step, _weights);
            // penalties keep their own weights; only the tasks are balanced
            _weights.CopyTo(_lossWeights, 0);
            if (gradients is null) plan.Backward(_lossWeights);
            else gradients.Combine(_weights, _weights);
        }

        record.Add(_losses, _totals, _weights);
        plan.Update(rate, clip);
        if (balancer is IWeightBalancer { LooksBack: true } looking)
        {
            // the number of the step seeds the dropout: the same masks as before
            plan.Steps--;
            var after = plan.Forward(batch.Count)[.._losses.Length];
            plan.Steps++;
            looking.AfterStep(step, after);
        }
    }

    private void RefuseNoNumbers(int epoch)
    {
        for (var t = 0; t < _losses.Length; t++)
        {
            if (double.IsFinite(_losses[t])) continue;
            var kept = epoch > 1 ? $"; the checkpoint of epoch {epoch - 1} is kept" : "";
            throw new InputException($"the loss of task '{model.Heads[t].Task.Name}' is no longer a number in step {plan.Steps + 1} (epoch {epoch}){kept}; lower 'training.learning_rate' or set 'training.clip: 1'");
        }
    }
}
