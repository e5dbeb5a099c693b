namespace Sundry.Data;

/// <summary>Turns the files of one public data set into a shop's.</summary>
internal interface IDataImport
{
    /// <summary>What the command line calls it.</summary>
    string Name { get; }

    /// <summary>The files that it takes, for help.</summary>
    string Files { get; }

    /// <summary>Reads the source's files and writes the shop's.</summary>
    /// <exception cref="InputException">A file is missing, or not what it should be.</exception>
    void Write(ImportJob job);
}
