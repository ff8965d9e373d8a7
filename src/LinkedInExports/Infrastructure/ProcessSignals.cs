using System.ComponentModel;
using System.Management.Automation.Runspaces;
#if NET
using System.Runtime.InteropServices;
#endif

namespace LinkedInExports.Infrastructure;

/// <summary>
/// Detects that the process is interrupted (Ctrl+C, SIGINT) or terminated (SIGTERM). PowerShell stops the pipeline after an
/// interrupt. This class stops it after SIGTERM, which would otherwise end the process without its <c>finally</c> blocks. It is
/// used by module/runbooks.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ProcessSignals : IDisposable
{
    /// <summary>Signals are delivered on a separate thread, possibly after the pipeline has begun to stop.</summary>
    private static readonly TimeSpan Delivery = TimeSpan.FromMilliseconds(500);

    private readonly ManualResetEventSlim _received = new();
#if NET
    private readonly PosixSignalRegistration[] _registrations;
    private volatile bool _isTermination;

    private ProcessSignals(Runspace runspace) =>
        _registrations = [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => _received.Set()),
            PosixSignalRegistration.Create(
                PosixSignal.SIGTERM,
                context =>
                {
                    context.Cancel = true;
                    _isTermination = true;
                    _received.Set();
                    runspace.CloseAsync();
                }
            ),
        ];
#else
    private readonly bool _isTermination;

    // .NET Framework runs on Windows only, which has no SIGTERM.
    private ProcessSignals(Runspace runspace)
    {
        _isTermination = runspace is null;
        Console.CancelKeyPress += OnInterrupt;
    }

    private void OnInterrupt(object? sender, ConsoleCancelEventArgs e) => _received.Set();
#endif

    /// <summary>Watches for signals until the object is disposed.</summary>
    /// <param name="runspace">The runspace, which is closed when the process is terminated, so that its pipeline stops.</param>
    public static ProcessSignals Watch(Runspace runspace) => new(runspace);

    /// <summary>Gets the exit code for the signal that was received, 130 or 143; 0 without a signal.</summary>
    public int GetExitCode() =>
        !_received.Wait(Delivery) ? 0
        : _isTermination ? 143
        : 130;

    /// <inheritdoc/>
    public void Dispose()
    {
#if NET
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
#else
        Console.CancelKeyPress -= OnInterrupt;
#endif
        _received.Dispose();
    }
}
