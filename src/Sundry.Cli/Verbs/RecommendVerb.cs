using System.CommandLine;

namespace Sundry.Cli;

/// <summary><c>sundry recommend</c>: the classical recommenders, their lists, and how good those are.</summary>
internal static class RecommendVerb
{
    public static Command Create() => new("recommend", "Write top-N lists by classical recommenders, or judge such lists over the whole catalogue") { RecommendListsVerb.Create(), RecommendEvaluateVerb.Create() };
}
