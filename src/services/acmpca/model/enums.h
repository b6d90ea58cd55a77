#pragma once

#include <array>

#include "aws/fields.h"

// The enumerations of the API that this service acts upon, in the model's order.
namespace everseal::acmpca {

enum class CaType { Root, Subordinate };

enum class CaStatus { Creating, PendingCertificate, Active, Deleted, Disabled, Expired, Failed };

enum class FailureReason { RequestTimedOut, UnsupportedAlgorithm, Other };

enum class KeyAlgorithm {
  Rsa2048,
  Rsa3072,
  Rsa4096,
  EcP256,
  EcP384,
  EcP521,
  MlDsa44,
  MlDsa65,
  MlDsa87,
  Sm2,
};

enum class SigningAlgorithm {
  Sha256WithEcdsa,
  Sha384WithEcdsa,
  Sha512WithEcdsa,
  Sha256WithRsa,
  Sha384WithRsa,
  Sha512WithRsa,
  Sm3WithSm2,
  MlDsa44,
  MlDsa65,
  MlDsa87,
};

enum class SecurityStandard { Fips2, Fips3, Ccpc1 };

enum class UsageMode { GeneralPurpose, ShortLivedCertificate };

enum class ValidityPeriodType { EndDate, Absolute, Days, Months, Years };

enum class CrlType { Complete, Partitioned };

enum class ObjectAcl { PublicRead, BucketOwnerFullControl };

enum class RevocationReason {
  Unspecified,
  KeyCompromise,
  CertificateAuthorityCompromise,
  AffiliationChanged,
  Superseded,
  CessationOfOperation,
  PrivilegeWithdrawn,
  AACompromise,
};

enum class AuditReportFormat { Json, Csv };

enum class AuditReportStatus { Creating, Success, Failed };

enum class PermittedAction { IssueCertificate, GetCertificate, ListPermissions };

enum class ResourceOwner { Self, OtherAccounts };

enum class ExtendedKeyUsageType {
  ServerAuth,
  ClientAuth,
  CodeSigning,
  EmailProtection,
  TimeStamping,
  OcspSigning,
  SmartCardLogin,
  DocumentSigning,
  CertificateTransparency,
};

enum class AccessMethodType { CaRepository, ResourcePkiManifest, ResourcePkiNotify };

enum class PolicyQualifierId { Cps };

}  // namespace everseal::acmpca

namespace everseal::aws {

template <>
inline constexpr auto names_of<acmpca::CaType> = std::to_array<EnumName<acmpca::CaType>>({
    {acmpca::CaType::Root, "ROOT"},
    {acmpca::CaType::Subordinate, "SUBORDINATE"},
});

template <>
inline constexpr auto names_of<acmpca::CaStatus> = std::to_array<EnumName<acmpca::CaStatus>>({
    {acmpca::CaStatus::Creating, "CREATING"},
    {acmpca::CaStatus::PendingCertificate, "PENDING_CERTIFICATE"},
    {acmpca::CaStatus::Active, "ACTIVE"},
    {acmpca::CaStatus::Deleted, "DELETED"},
    {acmpca::CaStatus::Disabled, "DISABLED"},
    {acmpca::CaStatus::Expired, "EXPIRED"},
    {acmpca::CaStatus::Failed, "FAILED"},
});

template <>
inline constexpr auto names_of<acmpca::FailureReason> =
    std::to_array<EnumName<acmpca::FailureReason>>({
        {acmpca::FailureReason::RequestTimedOut, "REQUEST_TIMED_OUT"},
        {acmpca::FailureReason::UnsupportedAlgorithm, "UNSUPPORTED_ALGORITHM"},
        {acmpca::FailureReason::Other, "OTHER"},
    });

template <>
inline constexpr auto names_of<acmpca::KeyAlgorithm> =
    std::to_array<EnumName<acmpca::KeyAlgorithm>>({
        {acmpca::KeyAlgorithm::Rsa2048, "RSA_2048"},
        {acmpca::KeyAlgorithm::Rsa3072, "RSA_3072"},
        {acmpca::KeyAlgorithm::Rsa4096, "RSA_4096"},
        {acmpca::KeyAlgorithm::EcP256, "EC_prime256v1"},
        {acmpca::KeyAlgorithm::EcP384, "EC_secp384r1"},
        {acmpca::KeyAlgorithm::EcP521, "EC_secp521r1"},
        {acmpca::KeyAlgorithm::MlDsa44, "ML_DSA_44"},
        {acmpca::KeyAlgorithm::MlDsa65, "ML_DSA_65"},
        {acmpca::KeyAlgorithm::MlDsa87, "ML_DSA_87"},
        {acmpca::KeyAlgorithm::Sm2, "SM2"},
    });

template <>
inline constexpr auto names_of<acmpca::SigningAlgorithm> =
    std::to_array<EnumName<acmpca::SigningAlgorithm>>({
        {acmpca::SigningAlgorithm::Sha256WithEcdsa, "SHA256WITHECDSA"},
        {acmpca::SigningAlgorithm::Sha384WithEcdsa, "SHA384WITHECDSA"},
        {acmpca::SigningAlgorithm::Sha512WithEcdsa, "SHA512WITHECDSA"},
        {acmpca::SigningAlgorithm::Sha256WithRsa, "SHA256WITHRSA"},
        {acmpca::SigningAlgorithm::Sha384WithRsa, "SHA384WITHRSA"},
        {acmpca::SigningAlgorithm::Sha512WithRsa, "SHA512WITHRSA"},
        {acmpca::SigningAlgorithm::Sm3WithSm2, "SM3WITHSM2"},
        {acmpca::SigningAlgorithm::MlDsa44, "ML_DSA_44"},
        {acmpca::SigningAlgorithm::MlDsa65, "ML_DSA_65"},
        {acmpca::SigningAlgorithm::MlDsa87, "ML_DSA_87"},
    });

template <>
inline constexpr auto names_of<acmpca::SecurityStandard> =
    std::to_array<EnumName<acmpca::SecurityStandard>>({
        {acmpca::SecurityStandard::Fips2, "FIPS_140_2_LEVEL_2_OR_HIGHER"},
        {acmpca::SecurityStandard::Fips3, "FIPS_140_2_LEVEL_3_OR_HIGHER"},
        {acmpca::SecurityStandard::Ccpc1, "CCPC_LEVEL_1_OR_HIGHER"},
    });

template <>
inline constexpr auto names_of<acmpca::UsageMode> = std::to_array<EnumName<acmpca::UsageMode>>({
    {acmpca::UsageMode::GeneralPurpose, "GENERAL_PURPOSE"},
    {acmpca::UsageMode::ShortLivedCertificate, "SHORT_LIVED_CERTIFICATE"},
});

template <>
inline constexpr auto names_of<acmpca::ValidityPeriodType> =
    std::to_array<EnumName<acmpca::ValidityPeriodType>>({
        {acmpca::ValidityPeriodType::EndDate, "END_DATE"},
        {acmpca::ValidityPeriodType::Absolute, "ABSOLUTE"},
        {acmpca::ValidityPeriodType::Days, "DAYS"},
        {acmpca::ValidityPeriodType::Months, "MONTHS"},
        {acmpca::ValidityPeriodType::Years, "YEARS"},
    });

template <>
inline constexpr auto names_of<acmpca::CrlType> = std::to_array<EnumName<acmpca::CrlType>>({
    {acmpca::CrlType::Complete, "COMPLETE"},
    {acmpca::CrlType::Partitioned, "PARTITIONED"},
});

template <>
inline constexpr auto names_of<acmpca::ObjectAcl> = std::to_array<EnumName<acmpca::ObjectAcl>>({
    {acmpca::ObjectAcl::PublicRead, "PUBLIC_READ"},
    {acmpca::ObjectAcl::BucketOwnerFullControl, "BUCKET_OWNER_FULL_CONTROL"},
});

template <>
inline constexpr auto names_of<acmpca::RevocationReason> =
    std::to_array<EnumName<acmpca::RevocationReason>>({
        {acmpca::RevocationReason::Unspecified, "UNSPECIFIED"},
        {acmpca::RevocationReason::KeyCompromise, "KEY_COMPROMISE"},
        {acmpca::RevocationReason::CertificateAuthorityCompromise,
         "CERTIFICATE_AUTHORITY_COMPROMISE"},
        {acmpca::RevocationReason::AffiliationChanged, "AFFILIATION_CHANGED"},
        {acmpca::RevocationReason::Superseded, "SUPERSEDED"},
        {acmpca::RevocationReason::CessationOfOperation, "CESSATION_OF_OPERATION"},
        {acmpca::RevocationReason::PrivilegeWithdrawn, "PRIVILEGE_WITHDRAWN"},
        {acmpca::RevocationReason::AACompromise, "A_A_COMPROMISE"},
    });

template <>
inline constexpr auto names_of<acmpca::AuditReportFormat> =
    std::to_array<EnumName<acmpca::AuditReportFormat>>({
        {acmpca::AuditReportFormat::Json, "JSON"},
        {acmpca::AuditReportFormat::Csv, "CSV"},
    });

template <>
inline constexpr auto names_of<acmpca::AuditReportStatus> =
    std::to_array<EnumName<acmpca::AuditReportStatus>>({
        {acmpca::AuditReportStatus::Creating, "CREATING"},
        {acmpca::AuditReportStatus::Success, "SUCCESS"},
        {acmpca::AuditReportStatus::Failed, "FAILED"},
    });

template <>
inline constexpr auto names_of<acmpca::PermittedAction> =
    std::to_array<EnumName<acmpca::PermittedAction>>({
        {acmpca::PermittedAction::IssueCertificate, "IssueCertificate"},
        {acmpca::PermittedAction::GetCertificate, "GetCertificate"},
        {acmpca::PermittedAction::ListPermissions, "ListPermissions"},
    });

template <>
inline constexpr auto names_of<acmpca::ResourceOwner> =
    std::to_array<EnumName<acmpca::ResourceOwner>>({
        {acmpca::ResourceOwner::Self, "SELF"},
        {acmpca::ResourceOwner::OtherAccounts, "OTHER_ACCOUNTS"},
    });

template <>
inline constexpr auto names_of<acmpca::ExtendedKeyUsageType> =
    std::to_array<EnumName<acmpca::ExtendedKeyUsageType>>({
        {acmpca::ExtendedKeyUsageType::ServerAuth, "SERVER_AUTH"},
        {acmpca::ExtendedKeyUsageType::ClientAuth, "CLIENT_AUTH"},
        {acmpca::ExtendedKeyUsageType::CodeSigning, "CODE_SIGNING"},
        {acmpca::ExtendedKeyUsageType::EmailProtection, "EMAIL_PROTECTION"},
        {acmpca::ExtendedKeyUsageType::TimeStamping, "TIME_STAMPING"},
        {acmpca::ExtendedKeyUsageType::OcspSigning, "OCSP_SIGNING"},
        {acmpca::ExtendedKeyUsageType::SmartCardLogin, "SMART_CARD_LOGIN"},
        {acmpca::ExtendedKeyUsageType::DocumentSigning, "DOCUMENT_SIGNING"},
        {acmpca::ExtendedKeyUsageType::CertificateTransparency, "CERTIFICATE_TRANSPARENCY"},
    });

template <>
inline constexpr auto names_of<acmpca::AccessMethodType> =
    std::to_array<EnumName<acmpca::AccessMethodType>>({
        {acmpca::AccessMethodType::CaRepository, "CA_REPOSITORY"},
        {acmpca::AccessMethodType::ResourcePkiManifest, "RESOURCE_PKI_MANIFEST"},
        {acmpca::AccessMethodType::ResourcePkiNotify, "RESOURCE_PKI_NOTIFY"},
    });

template <>
inline constexpr auto names_of<acmpca::PolicyQualifierId> =
    std::to_array<EnumName<acmpca::PolicyQualifierId>>({
        {acmpca::PolicyQualifierId::Cps, "CPS"},
    });

}  // namespace everseal::aws
