#if NETFRAMEWORK
using System.Reflection;
using System.Reflection.Emit;

namespace LinkedInExports.HostTests;

/// <summary>
/// The module resolves its own assemblies, and none for others, whose requests must not throw in its handler. The program is in a
/// folder without these assemblies.
/// </summary>
internal static class AssemblyResolution
{
    /// <summary>A package that no type of the module loads: Mono would find it again.</summary>
    private const string PrivateName = "CsvHelper";

    internal static void Run(Checks checks, string bin)
    {
        checks.Run("finds no private assembly before the import", () => Fails(LoadPrivate));
        var module = Assembly.LoadFrom(Path.Combine(bin, "LinkedInExports.dll"));
        checks.Run("loads all types of the module after the import", () => Import(module));
        checks.Run(
            "has loaded the engine from the private folder",
            () => Checks.AreEqual(Path.Combine(bin, "private", "LinkedInExports.Core.dll"), Loaded("LinkedInExports.Core"))
        );
        checks.Run("finds no private assembly for a program", () => Fails(LoadPrivate));
        checks.Run("finds none for an assembly from bytes, and does not throw", () => Fails(FromBytes()));
        checks.Run("finds none for a dynamic assembly, and does not throw", () => Fails(Dynamic()));
    }

    /// <summary>Called by the copy of this assembly that is loaded from bytes, too.</summary>
    public static object LoadPrivate() => Assembly.Load(PrivateName);

    private static void Import(Assembly module)
    {
        object initializer = Activator.CreateInstance(module.GetType("LinkedInExports.ModuleInitializer", throwOnError: true)!)!;
        initializer.GetType().GetMethod("OnImport")!.Invoke(initializer, null);
        foreach (Type type in module.GetTypes())
            type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static);
    }

    private static string Loaded(string name) =>
        AppDomain.CurrentDomain.GetAssemblies().First(assembly => assembly.GetName().Name == name).Location;

    private static Func<object> FromBytes()
    {
        var copy = Assembly.Load(File.ReadAllBytes(typeof(AssemblyResolution).Assembly.Location));
        MethodInfo load = copy.GetType(typeof(AssemblyResolution).FullName!, throwOnError: true)!.GetMethod(nameof(LoadPrivate))!;
        return (Func<object>)load.CreateDelegate(typeof(Func<object>));
    }

    private static Func<object> Dynamic()
    {
        TypeBuilder type = AppDomain
            .CurrentDomain.DefineDynamicAssembly(new AssemblyName("Dynamic"), AssemblyBuilderAccess.Run)
            .DefineDynamicModule("Dynamic")
            .DefineType("Requester", TypeAttributes.Public);
        MethodBuilder method = type.DefineMethod(
            "Load",
            MethodAttributes.Public | MethodAttributes.Static,
            typeof(object),
            Type.EmptyTypes
        );
        ILGenerator code = method.GetILGenerator();
        code.Emit(OpCodes.Ldstr, PrivateName);
        code.Emit(OpCodes.Call, typeof(Assembly).GetMethod(nameof(Assembly.Load), [typeof(string)])!);
        code.Emit(OpCodes.Ret);
        return (Func<object>)type.CreateType()!.GetMethod("Load")!.CreateDelegate(typeof(Func<object>));
    }

    private static void Fails(Func<object> load) => Checks.Throws<FileNotFoundException>(() => load());
}
#endif
