#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "services/acmpca/model/names.h"

// How a CA is configured, as CreateCertificateAuthority is told and DescribeCertificateAuthority
// repeats it.
namespace everseal::acmpca {

// A bit that is not mentioned is not set.
struct KeyUsage {
  std::optional<bool> digital_signature{}, non_repudiation{}, key_encipherment{},
      data_encipherment{}, key_agreement{}, key_cert_sign{}, crl_sign{}, encipher_only{},
      decipher_only{};
  static constexpr auto fields =
      std::tuple{aws::optional("DigitalSignature", &KeyUsage::digital_signature),
                 aws::optional("NonRepudiation", &KeyUsage::non_repudiation),
                 aws::optional("KeyEncipherment", &KeyUsage::key_encipherment),
                 aws::optional("DataEncipherment", &KeyUsage::data_encipherment),
                 aws::optional("KeyAgreement", &KeyUsage::key_agreement),
                 aws::optional("KeyCertSign", &KeyUsage::key_cert_sign),
                 aws::optional("CRLSign", &KeyUsage::crl_sign),
                 aws::optional("EncipherOnly", &KeyUsage::encipher_only),
                 aws::optional("DecipherOnly", &KeyUsage::decipher_only)};
};

// Exactly one of them.
struct AccessMethod {
  std::optional<std::string> custom_object_identifier{};
  std::optional<AccessMethodType> access_method_type{};
  static constexpr auto fields =
      std::tuple{aws::optional("CustomObjectIdentifier", &AccessMethod::custom_object_identifier,
                               oid_length, oid_pattern),
                 aws::optional("AccessMethodType", &AccessMethod::access_method_type)};
};

struct AccessDescription {
  AccessMethod access_method;
  GeneralName access_location;
  static constexpr auto fields =
      std::tuple{aws::required("AccessMethod", &AccessDescription::access_method),
                 aws::required("AccessLocation", &AccessDescription::access_location)};
};

struct CsrExtensions {
  std::optional<KeyUsage> key_usage{};
  std::vector<AccessDescription> subject_information_access{};
  static constexpr auto fields = std::tuple{
      aws::optional("KeyUsage", &CsrExtensions::key_usage),
      aws::optional("SubjectInformationAccess", &CsrExtensions::subject_information_access)};
};

struct CaConfiguration {
  KeyAlgorithm key_algorithm;
  SigningAlgorithm signing_algorithm;  // of the CSR, the CRLs and the OCSP answers
  Asn1Subject subject;
  std::optional<CsrExtensions> csr_extensions{};
  static constexpr auto fields =
      std::tuple{aws::required("KeyAlgorithm", &CaConfiguration::key_algorithm),
                 aws::required("SigningAlgorithm", &CaConfiguration::signing_algorithm),
                 aws::required("Subject", &CaConfiguration::subject),
                 aws::optional("CsrExtensions", &CaConfiguration::csr_extensions)};
};

struct CrlDistributionPointExtension {
  bool omit_extension = false;
  static constexpr auto fields =
      std::tuple{aws::required("OmitExtension", &CrlDistributionPointExtension::omit_extension)};
};

// With `enabled` false no other member may be there.
struct CrlConfiguration {
  bool enabled = false;
  std::optional<std::int32_t> expiration_in_days{};
  std::optional<std::string> custom_cname{};
  std::optional<std::string> s3_bucket_name{};
  std::optional<ObjectAcl> s3_object_acl{};
  std::optional<CrlDistributionPointExtension> distribution_point_extension{};
  std::optional<CrlType> crl_type{};
  std::optional<std::string> custom_path{};
  static constexpr auto fields = std::tuple{
      aws::required("Enabled", &CrlConfiguration::enabled),
      aws::optional("ExpirationInDays", &CrlConfiguration::expiration_in_days, aws::range(1, 5000)),
      aws::optional("CustomCname", &CrlConfiguration::custom_cname, aws::length(0, 253),
                    aws::pattern("[-a-zA-Z0-9;/?:@&=+$,%_.!~*()']*")),
      aws::optional("S3BucketName", &CrlConfiguration::s3_bucket_name, aws::length(3, 255),
                    aws::pattern("[-a-zA-Z0-9._/]+")),
      aws::optional("S3ObjectAcl", &CrlConfiguration::s3_object_acl),
      aws::optional("CrlDistributionPointExtensionConfiguration",
                    &CrlConfiguration::distribution_point_extension),
      aws::optional("CrlType", &CrlConfiguration::crl_type),
      aws::optional("CustomPath", &CrlConfiguration::custom_path, aws::length(0, 253),
                    aws::pattern("[-a-zA-Z0-9;?:@&=+$,%_.!~*()']+(/[-a-zA-Z0-9;?:@&=+$,%_.!~*()']+)"
                                 "*"))};
};

struct OcspConfiguration {
  bool enabled = false;
  std::optional<std::string> ocsp_custom_cname{};
  static constexpr auto fields = std::tuple{
      aws::required("Enabled", &OcspConfiguration::enabled),
      aws::optional("OcspCustomCname", &OcspConfiguration::ocsp_custom_cname, aws::length(0, 253),
                    aws::pattern("[-a-zA-Z0-9;/?:@&=+$,%_.!~*()']*"))};
};

struct RevocationConfiguration {
  std::optional<CrlConfiguration> crl_configuration{};
  std::optional<OcspConfiguration> ocsp_configuration{};
  static constexpr auto fields =
      std::tuple{aws::optional("CrlConfiguration", &RevocationConfiguration::crl_configuration),
                 aws::optional("OcspConfiguration", &RevocationConfiguration::ocsp_configuration)};
};

}  // namespace everseal::acmpca
