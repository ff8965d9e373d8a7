using LinkedInExports.EmulatorHost;

// Each line of the input is a command, and gets one line of output. The process ends with the input, and so with the shell
// that started it.
await using var emulators = new RunningEmulators();
while (await Console.In.ReadLineAsync() is { } line)
    await Console.Out.WriteLineAsync(await emulators.RunAsync(line));
