using System.Management.Automation;
using System.Reflection;
using System.Runtime.CompilerServices;
#if NET
using System.Runtime.Loader;
#endif

namespace LinkedInExports;

/// <summary>
/// Keeps the engine and its packages in <c>private/</c>, out of the way of other modules: PowerShell sees the cmdlets and
/// the types they output, nothing else.
/// </summary>
/// <remarks>
/// It answers for one assembly, the engine, and is never undone: other runspaces of the process share it.
/// </remarks>
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

        // Loads the models, so that [LinkedInExports.ExportJob] is known before the first cmdlet has run.
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
            // The models are shared with PowerShell: a second copy would make other types of them.
            if (assemblyName.Name == typeof(ExportJob).Assembly.GetName().Name)
                return typeof(ExportJob).Assembly;

            string path = Path.Combine(PrivateFolder, assemblyName.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }
#else
    private static void Hook()
    {
        // .NET Framework has no load contexts. What is in private/ answers for its own names only, and only when nothing
        // else has.
        var ours = new HashSet<string>(
            Directory.GetFiles(PrivateFolder, "*.dll").Select(Path.GetFileNameWithoutExtension)!,
            StringComparer.OrdinalIgnoreCase
        );
        AppDomain.CurrentDomain.AssemblyResolve += (_, request) =>
        {
            string name = new AssemblyName(request.Name).Name!;
            return ours.Contains(name) && IsRequestedByModule(request.RequestingAssembly)
                ? Assembly.LoadFrom(Path.Combine(PrivateFolder, name + ".dll"))
                : null;
        };
    }

    private static bool IsRequestedByModule(Assembly? requester)
    {
        if (requester is null)
            return true; // The runtime does not always tell.
        string folder = Path.GetDirectoryName(requester.Location) ?? "";
        return folder.Equals(PrivateFolder, StringComparison.OrdinalIgnoreCase)
            || folder.Equals(Path.GetDirectoryName(PrivateFolder), StringComparison.OrdinalIgnoreCase);
    }
#endif
}
