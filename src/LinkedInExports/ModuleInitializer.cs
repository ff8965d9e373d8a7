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
    private static void Hook()
    {
        // .NET Framework has no load contexts. Assemblies in private/ are loaded only if no other handler resolves their names.
        var privateNames = new HashSet<string>(
            Directory.GetFiles(PrivateFolder, "*.dll").Select(Path.GetFileNameWithoutExtension)!,
            StringComparer.OrdinalIgnoreCase
        );
        AppDomain.CurrentDomain.AssemblyResolve += (_, request) =>
        {
            string name = new AssemblyName(request.Name).Name!;
            return privateNames.Contains(name) && IsRequestedByModule(request.RequestingAssembly)
                ? Assembly.LoadFrom(Path.Combine(PrivateFolder, name + ".dll"))
                : null;
        };
    }

    private static bool IsRequestedByModule(Assembly? requester)
    {
        if (requester is null)
            return true; // The runtime does not always provide it.
        string folder = Path.GetDirectoryName(requester.Location) ?? "";
        return folder.Equals(PrivateFolder, StringComparison.OrdinalIgnoreCase)
            || folder.Equals(Path.GetDirectoryName(PrivateFolder), StringComparison.OrdinalIgnoreCase);
    }
#endif
}
