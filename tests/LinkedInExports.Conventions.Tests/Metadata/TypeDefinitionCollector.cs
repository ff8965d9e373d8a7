using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace LinkedInExports.Conventions.Tests.Metadata;

/// <summary>Decodes a signature to the types of its own assembly that occur in it.</summary>
internal sealed class TypeDefinitionCollector : ISignatureTypeProvider<IReadOnlyList<TypeDefinitionHandle>, object?>
{
    public IReadOnlyList<TypeDefinitionHandle> GetTypeFromDefinition(
        MetadataReader reader,
        TypeDefinitionHandle handle,
        byte rawTypeKind
    ) => [handle];

    public IReadOnlyList<TypeDefinitionHandle> GetTypeFromReference(
        MetadataReader reader,
        TypeReferenceHandle handle,
        byte rawTypeKind
    ) => [];

    public IReadOnlyList<TypeDefinitionHandle> GetTypeFromSpecification(
        MetadataReader reader,
        object? genericContext,
        TypeSpecificationHandle handle,
        byte rawTypeKind
    ) => reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public IReadOnlyList<TypeDefinitionHandle> GetGenericInstantiation(
        IReadOnlyList<TypeDefinitionHandle> genericType,
        ImmutableArray<IReadOnlyList<TypeDefinitionHandle>> typeArguments
    ) => [.. genericType, .. typeArguments.SelectMany(types => types)];

    public IReadOnlyList<TypeDefinitionHandle> GetFunctionPointerType(
        MethodSignature<IReadOnlyList<TypeDefinitionHandle>> signature
    ) => [.. signature.ReturnType, .. signature.ParameterTypes.SelectMany(types => types)];

    public IReadOnlyList<TypeDefinitionHandle> GetModifiedType(
        IReadOnlyList<TypeDefinitionHandle> modifier,
        IReadOnlyList<TypeDefinitionHandle> unmodifiedType,
        bool isRequired
    ) => [.. modifier, .. unmodifiedType];

    public IReadOnlyList<TypeDefinitionHandle> GetArrayType(IReadOnlyList<TypeDefinitionHandle> elementType, ArrayShape shape) =>
        elementType;

    public IReadOnlyList<TypeDefinitionHandle> GetSZArrayType(IReadOnlyList<TypeDefinitionHandle> elementType) => elementType;

    public IReadOnlyList<TypeDefinitionHandle> GetByReferenceType(IReadOnlyList<TypeDefinitionHandle> elementType) => elementType;

    public IReadOnlyList<TypeDefinitionHandle> GetPointerType(IReadOnlyList<TypeDefinitionHandle> elementType) => elementType;

    public IReadOnlyList<TypeDefinitionHandle> GetPinnedType(IReadOnlyList<TypeDefinitionHandle> elementType) => elementType;

    public IReadOnlyList<TypeDefinitionHandle> GetPrimitiveType(PrimitiveTypeCode typeCode) => [];

    public IReadOnlyList<TypeDefinitionHandle> GetGenericMethodParameter(object? genericContext, int index) => [];

    public IReadOnlyList<TypeDefinitionHandle> GetGenericTypeParameter(object? genericContext, int index) => [];
}
