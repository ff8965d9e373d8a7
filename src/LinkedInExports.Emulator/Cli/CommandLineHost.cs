namespace LinkedInExports.Emulator.Cli;

/// <summary>Runs the emulator as a console program.</summary>
internal static class CommandLineHost
{
    internal const int Ok = 0;
    internal const int CannotStart = 1;
    private const int WrongUsage = 2;

    /// <summary>Runs the emulator until it is stopped.</summary>
    /// <returns>The exit code: 0, 1 if the emulator cannot start, or 2 for invalid arguments.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        CommandLine commandLine;
        try
        {
            commandLine = CommandLine.Parse(arguments);
        }
        catch (FormatException e)
        {
            await Console.Error.WriteLineAsync($"{e.Message} Use --help to show all options.");
            return WrongUsage;
        }

        if (commandLine.IsHelpRequested)
        {
            await Console.Out.WriteAsync(HelpText.Text);
            return Ok;
        }

        return commandLine.ReplayPath is { } incident
            ? await ReplayHost.RunAsync(incident, commandLine.Options.Port, commandLine.Speed)
            : await ServeAsync(commandLine.Options);
    }

    private static async Task<int> ServeAsync(EmulatorOptions options)
    {
        using var stop = new StopSignal();
        LinkedInEmulator emulator;
        try
        {
            emulator = await LinkedInEmulator.StartAsync(
                options,
                (request, duration) => Console.WriteLine(RequestLine.Format(request, duration)),
                CancellationToken.None
            );
        }
        catch (IOException e)
        {
            await Console.Error.WriteLineAsync($"Cannot listen on port {options.Port}: {e.Message} Try --port 0.");
            return CannotStart;
        }

        await using (emulator)
        {
            await Console.Out.WriteAsync(Banner.Create(emulator, options));
            await stop.Requested;
        }

        return Ok;
    }
}
