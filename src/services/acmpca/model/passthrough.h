#pragma once

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "services/acmpca/model/configuration.h"

// What IssueCertificate may put into a certificate beside the CSR, if the template passes it on.
namespace everseal::acmpca {

struct Qualifier {
  std::string cps_uri;
  static constexpr auto fields =
      std::tuple{aws::required("CpsUri", &Qualifier::cps_uri, aws::length(0, 256))};
};

struct PolicyQualifierInfo {
  PolicyQualifierId policy_qualifier_id;
  Qualifier qualifier;
  static constexpr auto fields =
      std::tuple{aws::required("PolicyQualifierId", &PolicyQualifierInfo::policy_qualifier_id),
                 aws::required("Qualifier", &PolicyQualifierInfo::qualifier)};
};

struct PolicyInformation {
  std::string cert_policy_id;
  std::vector<PolicyQualifierInfo> policy_qualifiers{};
  static constexpr auto fields = std::tuple{
      aws::required("CertPolicyId", &PolicyInformation::cert_policy_id, oid_length, oid_pattern),
      aws::optional("PolicyQualifiers", &PolicyInformation::policy_qualifiers, aws::length(1, 20))};
};

// Exactly one of them.
struct ExtendedKeyUsage {
  std::optional<ExtendedKeyUsageType> extended_key_usage_type{};
  std::optional<std::string> extended_key_usage_object_identifier{};
  static constexpr auto fields =
      std::tuple{aws::optional("ExtendedKeyUsageType", &ExtendedKeyUsage::extended_key_usage_type),
                 aws::optional("ExtendedKeyUsageObjectIdentifier",
                               &ExtendedKeyUsage::extended_key_usage_object_identifier, oid_length,
                               oid_pattern)};
};

struct CustomExtension {
  std::string object_identifier;
  std::string value;  // base64
  std::optional<bool> critical{};
  static constexpr auto fields = std::tuple{
      aws::required("ObjectIdentifier", &CustomExtension::object_identifier, oid_length,
                    oid_pattern),
      aws::required("Value", &CustomExtension::value, aws::length(1, 4096),
                    aws::pattern("(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")),
      aws::optional("Critical", &CustomExtension::critical)};
};

struct Extensions {
  std::vector<PolicyInformation> certificate_policies{};
  std::vector<ExtendedKeyUsage> extended_key_usage{};
  std::optional<KeyUsage> key_usage{};
  std::vector<GeneralName> subject_alternative_names{};
  std::vector<CustomExtension> custom_extensions{};
  static constexpr auto fields = std::tuple{
      aws::optional("CertificatePolicies", &Extensions::certificate_policies, aws::length(1, 20)),
      aws::optional("ExtendedKeyUsage", &Extensions::extended_key_usage, aws::length(1, 20)),
      aws::optional("KeyUsage", &Extensions::key_usage),
      aws::optional("SubjectAlternativeNames", &Extensions::subject_alternative_names,
                    aws::length(1, 150)),
      aws::optional("CustomExtensions", &Extensions::custom_extensions, aws::length(1, 150))};
};

struct ApiPassthrough {
  std::optional<Extensions> extensions{};
  std::optional<Asn1Subject> subject{};
  static constexpr auto fields =
      std::tuple{aws::optional("Extensions", &ApiPassthrough::extensions),
                 aws::optional("Subject", &ApiPassthrough::subject)};
};

struct Validity {
  std::int64_t value = 0;
  ValidityPeriodType type;
  static constexpr auto fields =
      std::tuple{aws::required("Value", &Validity::value, aws::range(1, INT64_MAX)),
                 aws::required("Type", &Validity::type)};
};

}  // namespace everseal::acmpca
