using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;

namespace LinkedInExports.PackageBuilder;

/// <summary>The version of the compiler, which the compiler records in the symbols of an assembly.</summary>
internal static class CompilerVersion
{
    /// <summary>The kind of the record that has the options of the compilation.</summary>
    private static readonly Guid CompilationOptions = new("B5FEEC05-8CD0-4A83-96DA-466284BB4BD8");

    /// <summary>Returns the version, or null if the file is not an assembly or doesn't contain symbols.</summary>
    internal static string? Read(byte[] assembly)
    {
        try
        {
            return ReadSymbols(assembly);
        }
        catch (BadImageFormatException)
        {
            return null;
        }
    }

    private static string? ReadSymbols(byte[] assembly)
    {
        using var reader = new PEReader(new MemoryStream(assembly));
        DebugDirectoryEntry[] entries =
        [
            .. reader.ReadDebugDirectory().Where(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb),
        ];
        if (entries.Length == 0)
            return null;
        using MetadataReaderProvider symbols = reader.ReadEmbeddedPortablePdbDebugDirectoryData(entries[0]);
        MetadataReader metadata = symbols.GetMetadataReader();
        return metadata
            .GetCustomDebugInformation(EntityHandle.ModuleDefinition)
            .Select(metadata.GetCustomDebugInformation)
            .Where(record => metadata.GetGuid(record.Kind) == CompilationOptions)
            .Select(record => Find("compiler-version", metadata.GetBlobBytes(record.Value)))
            .FirstOrDefault();
    }

    /// <summary>Finds a value in a list of names and values, each of which ends with a null character.</summary>
    private static string? Find(string name, byte[] options)
    {
        string[] parts = Encoding.UTF8.GetString(options).Split('\0');
        int index = Array.IndexOf(parts, name);
        return index >= 0 && index + 1 < parts.Length ? parts[index + 1] : null;
    }
}
