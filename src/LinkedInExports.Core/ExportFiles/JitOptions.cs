using System.Runtime.CompilerServices;

namespace LinkedInExports.Core.ExportFiles;

/// <summary>Specifies how methods that run for each row are compiled.</summary>
internal static class JitOptions
{
    /// <summary>
    /// Compiles with all optimizations immediately. With tiered compilation, the first file of a session would be read before the
    /// methods are optimized. .NET Framework ignores the option.
    /// </summary>
    internal const MethodImplOptions Optimized =
#if NET
    MethodImplOptions.AggressiveOptimization;
#else
    (MethodImplOptions)0x200;
#endif
}
