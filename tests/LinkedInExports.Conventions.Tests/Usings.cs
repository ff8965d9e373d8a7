global using LinkedInExports.HelpBuilder.Metadata;
global using Xunit;
