#pragma once

#include <array>

#include "aws/fields.h"

// The enumerations of the API, in the model's order.
namespace everseal::acm {

enum class CertificateStatus {
  PendingValidation,
  Issued,
  Inactive,
  Expired,
  ValidationTimedOut,
  Revoked,
  Failed
};

enum class CertificateType { Imported, AmazonIssued, Private };

enum class RenewalStatus { PendingAutoRenewal, PendingValidation, Success, Failed };

enum class RenewalEligibility { Eligible, Ineligible };

enum class KeyAlgorithm { Rsa1024, Rsa2048, Rsa3072, Rsa4096, EcP256, EcP384, EcP521 };

// Of a request, and of a renewal.
enum class FailureReason {
  NoAvailableContacts,
  AdditionalVerificationRequired,
  DomainNotAllowed,
  InvalidPublicDomain,
  DomainValidationDenied,
  CaaError,
  PcaLimitExceeded,
  PcaInvalidArn,
  PcaInvalidState,
  PcaRequestFailed,
  PcaNameConstraintsValidation,
  PcaResourceNotFound,
  PcaInvalidArgs,
  PcaInvalidDuration,
  PcaAccessDenied,
  SlrNotFound,
  Other
};

enum class RevocationReason {
  Unspecified,
  KeyCompromise,
  CaCompromise,
  AffiliationChanged,
  Superceded,
  Superseded,
  CessationOfOperation,
  CertificateHold,
  RemoveFromCrl,
  PrivilegeWithdrawn,
  AACompromise
};

enum class KeyUsageName {
  DigitalSignature,
  NonRepudiation,
  KeyEncipherment,
  DataEncipherment,
  KeyAgreement,
  CertificateSigning,
  CrlSigning,
  EncipherOnly,
  DecipherOnly,
  Any,
  Custom
};

enum class ExtendedKeyUsageName {
  TlsWebServerAuthentication,
  TlsWebClientAuthentication,
  CodeSigning,
  EmailProtection,
  TimeStamping,
  OcspSigning,
  IpsecEndSystem,
  IpsecTunnel,
  IpsecUser,
  Any,
  None,
  Custom
};

// Of Options.Export, exportOption and CertificateTransparencyLoggingPreference.
enum class Switch { Enabled, Disabled };

enum class ManagedBy { CloudFront };

// Of public certificates.
enum class ValidationMethod { Email, Dns, Http };

enum class SortBy { CreatedAt };

enum class SortOrder { Ascending, Descending };

}  // namespace everseal::acm

namespace everseal::aws {

template <>
inline constexpr auto names_of<acm::CertificateStatus> =
    std::to_array<EnumName<acm::CertificateStatus>>({
        {acm::CertificateStatus::PendingValidation, "PENDING_VALIDATION"},
        {acm::CertificateStatus::Issued, "ISSUED"},
        {acm::CertificateStatus::Inactive, "INACTIVE"},
        {acm::CertificateStatus::Expired, "EXPIRED"},
        {acm::CertificateStatus::ValidationTimedOut, "VALIDATION_TIMED_OUT"},
        {acm::CertificateStatus::Revoked, "REVOKED"},
        {acm::CertificateStatus::Failed, "FAILED"},
    });

template <>
inline constexpr auto names_of<acm::CertificateType> =
    std::to_array<EnumName<acm::CertificateType>>({
        {acm::CertificateType::Imported, "IMPORTED"},
        {acm::CertificateType::AmazonIssued, "AMAZON_ISSUED"},
        {acm::CertificateType::Private, "PRIVATE"},
    });

template <>
inline constexpr auto names_of<acm::RenewalStatus> = std::to_array<EnumName<acm::RenewalStatus>>({
    {acm::RenewalStatus::PendingAutoRenewal, "PENDING_AUTO_RENEWAL"},
    {acm::RenewalStatus::PendingValidation, "PENDING_VALIDATION"},
    {acm::RenewalStatus::Success, "SUCCESS"},
    {acm::RenewalStatus::Failed, "FAILED"},
});

template <>
inline constexpr auto names_of<acm::RenewalEligibility> =
    std::to_array<EnumName<acm::RenewalEligibility>>({
        {acm::RenewalEligibility::Eligible, "ELIGIBLE"},
        {acm::RenewalEligibility::Ineligible, "INELIGIBLE"},
    });

template <>
inline constexpr auto names_of<acm::KeyAlgorithm> = std::to_array<EnumName<acm::KeyAlgorithm>>({
    {acm::KeyAlgorithm::Rsa1024, "RSA_1024"},
    {acm::KeyAlgorithm::Rsa2048, "RSA_2048"},
    {acm::KeyAlgorithm::Rsa3072, "RSA_3072"},
    {acm::KeyAlgorithm::Rsa4096, "RSA_4096"},
    {acm::KeyAlgorithm::EcP256, "EC_prime256v1"},
    {acm::KeyAlgorithm::EcP384, "EC_secp384r1"},
    {acm::KeyAlgorithm::EcP521, "EC_secp521r1"},
});

template <>
inline constexpr auto names_of<acm::FailureReason> = std::to_array<EnumName<acm::FailureReason>>({
    {acm::FailureReason::NoAvailableContacts, "NO_AVAILABLE_CONTACTS"},
    {acm::FailureReason::AdditionalVerificationRequired, "ADDITIONAL_VERIFICATION_REQUIRED"},
    {acm::FailureReason::DomainNotAllowed, "DOMAIN_NOT_ALLOWED"},
    {acm::FailureReason::InvalidPublicDomain, "INVALID_PUBLIC_DOMAIN"},
    {acm::FailureReason::DomainValidationDenied, "DOMAIN_VALIDATION_DENIED"},
    {acm::FailureReason::CaaError, "CAA_ERROR"},
    {acm::FailureReason::PcaLimitExceeded, "PCA_LIMIT_EXCEEDED"},
    {acm::FailureReason::PcaInvalidArn, "PCA_INVALID_ARN"},
    {acm::FailureReason::PcaInvalidState, "PCA_INVALID_STATE"},
    {acm::FailureReason::PcaRequestFailed, "PCA_REQUEST_FAILED"},
    {acm::FailureReason::PcaNameConstraintsValidation, "PCA_NAME_CONSTRAINTS_VALIDATION"},
    {acm::FailureReason::PcaResourceNotFound, "PCA_RESOURCE_NOT_FOUND"},
    {acm::FailureReason::PcaInvalidArgs, "PCA_INVALID_ARGS"},
    {acm::FailureReason::PcaInvalidDuration, "PCA_INVALID_DURATION"},
    {acm::FailureReason::PcaAccessDenied, "PCA_ACCESS_DENIED"},
    {acm::FailureReason::SlrNotFound, "SLR_NOT_FOUND"},
    {acm::FailureReason::Other, "OTHER"},
});

template <>
inline constexpr auto names_of<acm::RevocationReason> =
    std::to_array<EnumName<acm::RevocationReason>>({
        {acm::RevocationReason::Unspecified, "UNSPECIFIED"},
        {acm::RevocationReason::KeyCompromise, "KEY_COMPROMISE"},
        {acm::RevocationReason::CaCompromise, "CA_COMPROMISE"},
        {acm::RevocationReason::AffiliationChanged, "AFFILIATION_CHANGED"},
        {acm::RevocationReason::Superceded, "SUPERCEDED"},
        {acm::RevocationReason::Superseded, "SUPERSEDED"},
        {acm::RevocationReason::CessationOfOperation, "CESSATION_OF_OPERATION"},
        {acm::RevocationReason::CertificateHold, "CERTIFICATE_HOLD"},
        {acm::RevocationReason::RemoveFromCrl, "REMOVE_FROM_CRL"},
        {acm::RevocationReason::PrivilegeWithdrawn, "PRIVILEGE_WITHDRAWN"},
        {acm::RevocationReason::AACompromise, "A_A_COMPROMISE"},
    });

template <>
inline constexpr auto names_of<acm::KeyUsageName> = std::to_array<EnumName<acm::KeyUsageName>>({
    {acm::KeyUsageName::DigitalSignature, "DIGITAL_SIGNATURE"},
    {acm::KeyUsageName::NonRepudiation, "NON_REPUDIATION"},
    {acm::KeyUsageName::KeyEncipherment, "KEY_ENCIPHERMENT"},
    {acm::KeyUsageName::DataEncipherment, "DATA_ENCIPHERMENT"},
    {acm::KeyUsageName::KeyAgreement, "KEY_AGREEMENT"},
    {acm::KeyUsageName::CertificateSigning, "CERTIFICATE_SIGNING"},
    {acm::KeyUsageName::CrlSigning, "CRL_SIGNING"},
    {acm::KeyUsageName::EncipherOnly, "ENCIPHER_ONLY"},
    {acm::KeyUsageName::DecipherOnly, "DECIPHER_ONLY"},
    {acm::KeyUsageName::Any, "ANY"},
    {acm::KeyUsageName::Custom, "CUSTOM"},
});

template <>
inline constexpr auto names_of<acm::ExtendedKeyUsageName> =
    std::to_array<EnumName<acm::ExtendedKeyUsageName>>({
        {acm::ExtendedKeyUsageName::TlsWebServerAuthentication, "TLS_WEB_SERVER_AUTHENTICATION"},
        {acm::ExtendedKeyUsageName::TlsWebClientAuthentication, "TLS_WEB_CLIENT_AUTHENTICATION"},
        {acm::ExtendedKeyUsageName::CodeSigning, "CODE_SIGNING"},
        {acm::ExtendedKeyUsageName::EmailProtection, "EMAIL_PROTECTION"},
        {acm::ExtendedKeyUsageName::TimeStamping, "TIME_STAMPING"},
        {acm::ExtendedKeyUsageName::OcspSigning, "OCSP_SIGNING"},
        {acm::ExtendedKeyUsageName::IpsecEndSystem, "IPSEC_END_SYSTEM"},
        {acm::ExtendedKeyUsageName::IpsecTunnel, "IPSEC_TUNNEL"},
        {acm::ExtendedKeyUsageName::IpsecUser, "IPSEC_USER"},
        {acm::ExtendedKeyUsageName::Any, "ANY"},
        {acm::ExtendedKeyUsageName::None, "NONE"},
        {acm::ExtendedKeyUsageName::Custom, "CUSTOM"},
    });

template <>
inline constexpr auto names_of<acm::Switch> = std::to_array<EnumName<acm::Switch>>({
    {acm::Switch::Enabled, "ENABLED"},
    {acm::Switch::Disabled, "DISABLED"},
});

template <>
inline constexpr auto names_of<acm::ManagedBy> = std::to_array<EnumName<acm::ManagedBy>>({
    {acm::ManagedBy::CloudFront, "CLOUDFRONT"},
});

template <>
inline constexpr auto names_of<acm::ValidationMethod> =
    std::to_array<EnumName<acm::ValidationMethod>>({
        {acm::ValidationMethod::Email, "EMAIL"},
        {acm::ValidationMethod::Dns, "DNS"},
        {acm::ValidationMethod::Http, "HTTP"},
    });

template <>
inline constexpr auto names_of<acm::SortBy> = std::to_array<EnumName<acm::SortBy>>({
    {acm::SortBy::CreatedAt, "CREATED_AT"},
});

template <>
inline constexpr auto names_of<acm::SortOrder> = std::to_array<EnumName<acm::SortOrder>>({
    {acm::SortOrder::Ascending, "ASCENDING"},
    {acm::SortOrder::Descending, "DESCENDING"},
});

}  // namespace everseal::aws
