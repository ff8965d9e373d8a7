namespace LinkedInExports.Emulator.Cli;

/// <summary>The emulator as a program of its own.</summary>
internal static class CommandLineHost
{
    private const int Ok = 0;
    private const int CannotListen = 1;
    private const int WrongUsage = 2;

    /// <summary>Runs until it is asked to stop.</summary>
    /// <returns>The exit code: 0, 1 if the port cannot be had, 2 for arguments that make no sense.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        CommandLine commandLine;
        try
        {
            commandLine = CommandLine.Parse(arguments);
        }
        catch (FormatException e)
        {
            await Console.Error.WriteLineAsync($"{e.Message} --help shows all options.");
            return WrongUsage;
        }

        if (!commandLine.IsHelpRequested)
            return await ServeAsync(commandLine.Options);
        await Console.Out.WriteAsync(HelpText.Text);
        return Ok;
    }

    private static async Task<int> ServeAsync(EmulatorOptions options)
    {
        using var stop = new StopSignal();
        LinkedInEmulator emulator;
        try
        {
            emulator = await LinkedInEmulator.StartAsync(
                options,
                (request, took) => Console.WriteLine(RequestLine.Format(request, took)),
                CancellationToken.None
            );
        }
        catch (IOException e)
        {
            await Console.Error.WriteLineAsync($"Cannot listen on port {options.Port}: {e.Message} Try --port 0.");
            return CannotListen;
        }

        await using (emulator)
        {
            await Console.Out.WriteAsync(Banner.Create(emulator, options));
            await stop.Requested;
        }

        return Ok;
    }
}
