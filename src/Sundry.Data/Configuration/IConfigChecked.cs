namespace Sundry.Data;

/// <summary>An option class with rules that span several of its keys; the reader asks after binding and answers with file, line and column.</summary>
public interface IConfigChecked
{
    /// <summary>Every broken rule: the property (its C# name), or a <see cref="ConfigKey"/> below it, whose place in the file the message is given for, and the message.</summary>
    IEnumerable<(string Property, string Message)> Check();
}
