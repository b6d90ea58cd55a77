#include "services/acmpca/model/passthrough_reading.h"

#include <array>

#include "encoding/base64.h"
#include "services/acmpca/model/errors.h"
#include "services/acmpca/model/subject.h"
#include "x509/oids.h"

namespace everseal::acmpca {
namespace {

namespace oids = x509::oids;
using x509::KeyUsageBit;

struct UsageFlag {
  KeyUsageBit bit;
  std::optional<bool> KeyUsage::* flag;
};

constexpr auto usage_flags = std::to_array<UsageFlag>({
    {KeyUsageBit::DigitalSignature, &KeyUsage::digital_signature},
    {KeyUsageBit::NonRepudiation, &KeyUsage::non_repudiation},
    {KeyUsageBit::KeyEncipherment, &KeyUsage::key_encipherment},
    {KeyUsageBit::DataEncipherment, &KeyUsage::data_encipherment},
    {KeyUsageBit::KeyAgreement, &KeyUsage::key_agreement},
    {KeyUsageBit::KeyCertSign, &KeyUsage::key_cert_sign},
    {KeyUsageBit::CrlSign, &KeyUsage::crl_sign},
    {KeyUsageBit::EncipherOnly, &KeyUsage::encipher_only},
    {KeyUsageBit::DecipherOnly, &KeyUsage::decipher_only},
});

asn1::Oid oid_of(ExtendedKeyUsageType type) {
  switch (type) {
    case ExtendedKeyUsageType::ServerAuth:
      return oids::kServerAuth;
    case ExtendedKeyUsageType::ClientAuth:
      return oids::kClientAuth;
    case ExtendedKeyUsageType::CodeSigning:
      return oids::kCodeSigning;
    case ExtendedKeyUsageType::EmailProtection:
      return oids::kEmailProtection;
    case ExtendedKeyUsageType::TimeStamping:
      return oids::kTimeStamping;
    case ExtendedKeyUsageType::OcspSigning:
      return oids::kOcspSigning;
    case ExtendedKeyUsageType::SmartCardLogin:
      return oids::kSmartCardLogin;
    case ExtendedKeyUsageType::DocumentSigning:
      return oids::kDocumentSigning;
    case ExtendedKeyUsageType::CertificateTransparency:
      break;
  }
  return oids::kCertificateTransparency;
}

asn1::Oid oid_of(AccessMethodType type) {
  switch (type) {
    case AccessMethodType::CaRepository:
      return oids::kAccessCaRepository;
    case AccessMethodType::ResourcePkiManifest:
      return oids::kAccessRpkiManifest;
    case AccessMethodType::ResourcePkiNotify:
      break;
  }
  return oids::kAccessRpkiNotify;
}

// A choice between a name and an object identifier of the caller's own.
template <class Type>
Result<asn1::Oid, ApiError> chosen(std::string_view what, const std::optional<Type>& type,
                                   const std::optional<std::string>& custom) {
  if (type.has_value() == custom.has_value())
    return invalid_args(std::string(what) + " must have exactly one member.");
  if (type) return oid_of(*type);
  return to_oid(*custom);
}

// Each element by `convert`; the first refusal ends it.
template <class To, class From, class Convert>
Result<std::vector<To>, ApiError> converted(const std::vector<From>& given, Convert convert) {
  std::vector<To> all;
  all.reserve(given.size());
  for (const auto& element : given) {
    auto one = convert(element);
    if (!one) return std::move(one).error();
    all.push_back(*std::move(one));
  }
  return all;
}

Result<asn1::Oid, ApiError> to_purpose(const ExtendedKeyUsage& given) {
  return chosen("ExtendedKeyUsage", given.extended_key_usage_type,
                given.extended_key_usage_object_identifier);
}

Result<x509::PolicyInformation, ApiError> to_policy(const PolicyInformation& given) {
  const auto policy = to_oid(given.cert_policy_id);
  if (!policy) return policy.error();
  x509::PolicyInformation information{*policy, {}};
  for (const auto& [id, qualifier] : given.policy_qualifiers) {
    if (auto refused = check_ia5(qualifier.cps_uri); !refused) return refused.error();
    information.qualifiers.push_back(x509::PolicyQualifier::cps(qualifier.cps_uri));
  }
  return information;
}

Result<x509::Extension, ApiError> to_extension(const CustomExtension& given) {
  const auto type = to_oid(given.object_identifier);
  if (!type) return type.error();
  auto value = encoding::from_base64(given.value);
  if (!value) return invalid_args("The value of a custom extension is not base64.");
  return x509::Extension{*type, given.critical.value_or(false), *std::move(value)};
}

Result<void, ApiError> add_extensions(issuance::ApiPassthrough& all, const Extensions& given) {
  auto names = converted<x509::GeneralName>(given.subject_alternative_names, to_general_name);
  if (!names) return std::move(names).error();
  auto purposes = converted<asn1::Oid>(given.extended_key_usage, to_purpose);
  if (!purposes) return std::move(purposes).error();
  auto policies = converted<x509::PolicyInformation>(given.certificate_policies, to_policy);
  if (!policies) return std::move(policies).error();
  auto extensions = converted<x509::Extension>(given.custom_extensions, to_extension);
  if (!extensions) return std::move(extensions).error();
  all.subject_alternative_names = *std::move(names);
  all.extended_key_usage = *std::move(purposes);
  all.certificate_policies = *std::move(policies);
  all.custom_extensions = *std::move(extensions);
  if (given.key_usage) all.key_usage = to_key_usage(*given.key_usage);
  return {};
}

}  // namespace

x509::KeyUsage to_key_usage(const KeyUsage& given) {
  x509::KeyUsage usage;
  for (const auto& [bit, flag] : usage_flags) {
    if ((given.*flag).value_or(false)) usage.set(bit);
  }
  return usage;
}

Result<x509::AccessDescription, ApiError> to_access_description(const AccessDescription& given) {
  const auto method = chosen("AccessMethod", given.access_method.access_method_type,
                             given.access_method.custom_object_identifier);
  if (!method) return method.error();
  auto location = to_general_name(given.access_location);
  if (!location) return std::move(location).error();
  return x509::AccessDescription{*method, *std::move(location)};
}

Result<issuance::ApiPassthrough, ApiError> to_passthrough(const ApiPassthrough& given) {
  issuance::ApiPassthrough all;
  if (given.subject) {
    auto subject = to_name(*given.subject);
    if (!subject) return std::move(subject).error();
    if (!subject->empty()) all.subject = *std::move(subject);
  }
  if (given.extensions) {
    if (auto refused = add_extensions(all, *given.extensions); !refused) return refused.error();
  }
  return all;
}

}  // namespace everseal::acmpca
