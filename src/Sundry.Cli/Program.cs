using System.CommandLine;
using Sundry.Cli;

var root = new RootCommand("Sundry: multi-task recommendation for shops.")
{
    DemoVerb.Create(), InitVerb.Create(), PrepareVerb.Create(), TrainVerb.Create(), EvaluateVerb.Create(), PredictVerb.Create(), CompareVerb.Create(), SchemaVerb.Create(),
};
return Exit.Run(root.Parse(args));
