global using LinkedInExports.Testing;
global using Xunit;
