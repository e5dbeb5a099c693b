namespace Sundry.Data;

/// <summary>Who is whose friend.</summary>
internal interface IFriends
{
    /// <summary>The friends of a user.</summary>
    ReadOnlySpan<int> Of(int user);
}
