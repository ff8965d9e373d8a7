using System.Management.Automation;
using System.Reflection;
using System.Runtime.CompilerServices;
#if NET
using System.Runtime.Loader;
#endif

namespace LinkedInExports;

/// <summary>
/// Isolates the engine and its packages in <c>private/</c> from other modules: PowerShell loads only the cmdlets and the types
/// that they output.
/// </summary>
/// <remarks>It resolves only the engine, and is never removed, because other runspaces of the process share it.</remarks>
public sealed class ModuleInitializer : IModuleAssemblyInitializer
{
    private const string EngineName = "LinkedInExports.Core";

    private static readonly string PrivateFolder = Path.Combine(
        Path.GetDirectoryName(typeof(ModuleInitializer).Assembly.Location)!,
        "private"
    );

    private static int _isHooked;

    /// <inheritdoc/>
    public void OnImport()
    {
        if (Interlocked.Exchange(ref _isHooked, 1) == 0)
            Hook();

        // Loads the models, so that [LinkedInExports.ExportJob] can be used before the first cmdlet has run.
        RuntimeHelpers.RunClassConstructor(typeof(ExportJob).TypeHandle);
    }

#if NET
    private static readonly AssemblyLoadContext PrivateContext = new PrivateLoadContext();

    private static void Hook() =>
        AssemblyLoadContext.Default.Resolving += static (_, name) =>
            name.Name == EngineName ? PrivateContext.LoadFromAssemblyName(name) : null;

    private sealed class PrivateLoadContext() : AssemblyLoadContext("LinkedInExports")
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            // The models are shared with PowerShell: a second copy would have other types.
            if (assemblyName.Name == typeof(ExportJob).Assembly.GetName().Name)
                return typeof(ExportJob).Assembly;

            string path = Path.Combine(PrivateFolder, assemblyName.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }
#else
    // .NET Framework has no load contexts. Assemblies in private/ are loaded only if no other handler resolves their names.
    private static void Hook()
    {
        var privateNames = new HashSet<string>(
            Directory.GetFiles(PrivateFolder, "*.dll").Select(Path.GetFileNameWithoutExtension)!,
            StringComparer.OrdinalIgnoreCase
        );
        AppDomain.CurrentDomain.AssemblyResolve += (_, request) =>
        {
            string name = request.Name.Split(',')[0];
            return privateNames.Contains(name) && IsRequestedByModule(name, request.RequestingAssembly)
                ? Assembly.LoadFrom(Path.Combine(PrivateFolder, name + ".dll"))
                : null;
        };
    }

    /// <summary>
    /// Whether the module needs the assembly. It must not throw for assemblies of other modules: an exception would prevent
    /// that their own handlers are called.
    /// </summary>
    private static bool IsRequestedByModule(string name, Assembly? requester)
    {
        // The runtime does not always provide the requester. Only this module has the engine.
        if (requester is null)
            return name == EngineName;

        // A dynamic assembly throws, and one that was loaded from bytes has no path.
        string location = requester.IsDynamic ? "" : requester.Location;
        if (location.Length == 0)
            return false;

        string folder = Path.GetDirectoryName(location) ?? "";
        return folder.Equals(PrivateFolder, StringComparison.OrdinalIgnoreCase)
            || folder.Equals(Path.GetDirectoryName(PrivateFolder), StringComparison.OrdinalIgnoreCase);
    }
#endif
}
