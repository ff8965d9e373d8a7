using System.Diagnostics;
using System.Management.Automation.Host;

namespace LinkedInExports.Infrastructure;

/// <summary>Starts the default browser.</summary>
internal static class Browser
{
    /// <summary>Throws if the session is not interactive.</summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.SignInFailed"/>.</exception>
    internal static void EnsureInteractive(PSHost host)
    {
        if (HostEnvironment.IsNonInteractive || host.Name is "ServerRemoteHost" or "Default Host")
        {
            throw new LinkedInException(
                LinkedInErrorId.SignInFailed,
                "The sign-in failed: a browser sign-in requires an interactive session."
            );
        }
    }

    /// <returns>False if the browser could not be started.</returns>
    internal static bool TryOpen(Uri address)
    {
        try
        {
            using Process? browser = Process.Start(new ProcessStartInfo(address.AbsoluteUri) { UseShellExecute = true });
            return true;
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or PlatformNotSupportedException)
        {
            return false; // The address is shown instead.
        }
    }
}
