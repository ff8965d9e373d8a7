using System.Runtime.CompilerServices;

namespace LinkedInExports.Core.ExportFiles;

/// <summary>How methods that run once for each row are to be compiled.</summary>
internal static class JitOptions
{
    /// <summary>
    /// As well as can be, at once. The runtime would begin with slow code and look later what is worth more; by then, the
    /// first file of a session is read. .NET Framework, which knows only one way to compile, does not mind.
    /// </summary>
    internal const MethodImplOptions Optimized =
#if NET
    MethodImplOptions.AggressiveOptimization;
#else
    (MethodImplOptions)0x200;
#endif
}
