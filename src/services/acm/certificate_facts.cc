#include "services/acm/certificate_facts.h"

#include <algorithm>
#include <array>
#include <utility>

#include "encoding/ascii.h"
#include "x509/extension_types.h"
#include "x509/oids.h"

namespace everseal::acm {

namespace {

using x509::KeyUsageBit;

constexpr auto kKeyUsages = std::to_array<std::pair<KeyUsageBit, KeyUsageName>>({
    {KeyUsageBit::DigitalSignature, KeyUsageName::DigitalSignature},
    {KeyUsageBit::NonRepudiation, KeyUsageName::NonRepudiation},
    {KeyUsageBit::KeyEncipherment, KeyUsageName::KeyEncipherment},
    {KeyUsageBit::DataEncipherment, KeyUsageName::DataEncipherment},
    {KeyUsageBit::KeyAgreement, KeyUsageName::KeyAgreement},
    {KeyUsageBit::KeyCertSign, KeyUsageName::CertificateSigning},
    {KeyUsageBit::CrlSign, KeyUsageName::CrlSigning},
    {KeyUsageBit::EncipherOnly, KeyUsageName::EncipherOnly},
    {KeyUsageBit::DecipherOnly, KeyUsageName::DecipherOnly},
});

constexpr auto kPurposes = std::to_array<std::pair<std::string_view, ExtendedKeyUsageName>>({
    {"1.3.6.1.5.5.7.3.1", ExtendedKeyUsageName::TlsWebServerAuthentication},
    {"1.3.6.1.5.5.7.3.2", ExtendedKeyUsageName::TlsWebClientAuthentication},
    {"1.3.6.1.5.5.7.3.3", ExtendedKeyUsageName::CodeSigning},
    {"1.3.6.1.5.5.7.3.4", ExtendedKeyUsageName::EmailProtection},
    {"1.3.6.1.5.5.7.3.5", ExtendedKeyUsageName::IpsecEndSystem},
    {"1.3.6.1.5.5.7.3.6", ExtendedKeyUsageName::IpsecTunnel},
    {"1.3.6.1.5.5.7.3.7", ExtendedKeyUsageName::IpsecUser},
    {"1.3.6.1.5.5.7.3.8", ExtendedKeyUsageName::TimeStamping},
    {"1.3.6.1.5.5.7.3.9", ExtendedKeyUsageName::OcspSigning},
    {"2.5.29.37.0", ExtendedKeyUsageName::Any},
});

ExtendedKeyUsageName purpose_name(std::string_view oid) {
  const auto* found =
      std::ranges::find(kPurposes, oid, &std::pair<std::string_view, ExtendedKeyUsageName>::first);
  return found == kPurposes.end() ? ExtendedKeyUsageName::Custom : found->second;
}

Result<std::vector<std::string>> key_usages_of(const x509::Extensions& extensions) {
  const auto usage = extensions.get<x509::KeyUsage>();
  if (!usage) return usage.error();
  if (!*usage) return std::vector<std::string>{std::string(aws::name_of(KeyUsageName::Any))};
  std::vector<std::string> names;
  for (const auto& [bit, name] : kKeyUsages) {
    if ((*usage)->has(bit)) names.emplace_back(aws::name_of(name));
  }
  return names;
}

Result<std::vector<std::string>> extended_key_usages_of(const x509::Extensions& extensions) {
  const auto usage = extensions.get<x509::ExtendedKeyUsage>();
  if (!usage) return usage.error();
  if (!*usage) {
    return std::vector<std::string>{std::string(aws::name_of(ExtendedKeyUsageName::None))};
  }
  std::vector<std::string> facts;
  for (const auto& purpose : (*usage)->purposes) {
    const auto oid = purpose.text();
    facts.push_back(std::string(aws::name_of(purpose_name(oid))) + "=" + oid);
  }
  return facts;
}

std::string_view model_name(crypto::SignatureAlgorithm algorithm) {
  using crypto::SignatureAlgorithm;
  switch (algorithm) {
    case SignatureAlgorithm::Sha256WithRsa:
      return "SHA256WITHRSA";
    case SignatureAlgorithm::Sha384WithRsa:
      return "SHA384WITHRSA";
    case SignatureAlgorithm::Sha512WithRsa:
      return "SHA512WITHRSA";
    case SignatureAlgorithm::Sha256WithEcdsa:
      return "SHA256WITHECDSA";
    case SignatureAlgorithm::Sha384WithEcdsa:
      return "SHA384WITHECDSA";
    default:
      return "SHA512WITHECDSA";
  }
}

// An algorithm that the API has no name for is shown by its number.
std::string signature_name(const x509::Algorithm& algorithm) {
  const auto known = x509::signature_algorithm(algorithm);
  return known ? std::string(model_name(*known)) : algorithm.oid.text();
}

std::string issuer_for_people(const x509::Name& issuer) {
  if (auto organization = issuer.first(x509::oids::kOrganization)) return *organization;
  if (auto common_name = issuer.common_name()) return *common_name;
  return issuer.text();
}

// Columns and answers hold one text a line.
std::string on_one_line(std::string text) {
  std::ranges::replace_if(text, [](char c) { return c == '\n' || c == '\r' || c == '\0'; }, ' ');
  return text;
}

bool is_dns_name(std::string_view text) {
  return text.find('.') != text.npos && text.size() <= 253 &&
         std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7f; });
}

}  // namespace

Result<CertificateFacts> facts_of(const x509::Certificate& certificate) {
  auto key_usages = key_usages_of(certificate.extensions());
  if (!key_usages) return key_usages.error();
  auto extended_key_usages = extended_key_usages_of(certificate.extensions());
  if (!extended_key_usages) return extended_key_usages.error();
  return CertificateFacts{.serial = certificate.serial().hex(),
                          .subject = on_one_line(certificate.subject().text()),
                          .issuer = on_one_line(issuer_for_people(certificate.issuer())),
                          .signature_algorithm = signature_name(certificate.signature_algorithm()),
                          .not_before = certificate.validity().not_before,
                          .not_after = certificate.validity().not_after,
                          .key_usages = *std::move(key_usages),
                          .extended_key_usages = *std::move(extended_key_usages)};
}

Result<std::vector<std::string>> names_of_certificate(const x509::Certificate& certificate) {
  const auto alternative = certificate.extensions().get<x509::SubjectAlternativeName>();
  if (!alternative) return alternative.error();
  std::vector<std::string> names;
  const auto add = [&](std::string_view name) {
    auto text = encoding::lower_case(name);
    if (is_dns_name(text) && std::ranges::find(names, text) == names.end()) {
      names.push_back(std::move(text));
    }
  };
  if (const auto common_name = certificate.subject().common_name()) add(*common_name);
  if (*alternative) {
    for (const auto& name : (*alternative)->dns_names()) add(name);
  }
  return names;
}

ExtendedKeyUsageFact parse_extended_key_usage(std::string_view fact) {
  const auto separator = fact.find('=');
  const auto name = aws::named<ExtendedKeyUsageName>(fact.substr(0, separator));
  return {name.value_or(ExtendedKeyUsageName::Custom),
          separator == fact.npos ? std::string() : std::string(fact.substr(separator + 1))};
}

}  // namespace everseal::acm
