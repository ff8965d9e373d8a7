namespace LinkedInExports.Infrastructure;

/// <summary>
/// A command that outputs what it has finished whenever its input arrives, and ignores an empty array of input. The command
/// before it in the pipeline sends empty arrays while it waits, because PowerShell runs a command only when it receives an
/// object.
/// </summary>
/// <typeparam name="T">The type of the input.</typeparam>
internal interface IHeartbeatReceiver<T>;
