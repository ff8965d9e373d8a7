return await LinkedInExports.Emulator.Cli.CommandLineHost.RunAsync(args);
