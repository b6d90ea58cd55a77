#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "clock/time_text.h"
#include "issuance/issue.h"
#include "x509/certificate.h"
#include "x509/csr_builder.h"
#include "x509/extension_writer.h"
#include "x509/name.h"

// For tests: keys, requests and CAs in one line each.
namespace everseal::issuance::testing {

inline TimePoint at(std::string_view text) { return parse_iso8601(text).value(); }
inline const TimePoint noon = at("2025-03-01T12:00:00Z");

inline const Template& template_named(std::string_view name) {
  const auto* found = find_template("arn:aws:acm-pca:::template/" + std::string(name) + "/V1");
  if (found == nullptr) std::abort();
  return *found;
}

inline x509::Name name_of(std::string_view common_name) {
  return x509::NameBuilder()
      .add(x509::oids::kCountry, "US")
      .add(x509::oids::kCommonName, common_name)
      .build()
      .value();
}

inline x509::Extension dns_names(std::initializer_list<std::string_view> all) {
  x509::SubjectAlternativeName names;
  for (const auto& each : all) names.names.push_back(x509::DnsName{std::string(each)});
  return x509::to_extension(names, x509::Criticality::NotCritical);
}

// A key, and the requests that it signs.
struct Applying {
  std::shared_ptr<const keys::MemoryKey> key;

  explicit Applying(crypto::KeyAlgorithm algorithm = crypto::KeyAlgorithm::P256)
      : key(std::make_shared<const keys::MemoryKey>(
            crypto::PrivateKey::generate(algorithm).value())) {}

  x509::Csr request(const x509::Name& subject, const std::vector<x509::Extension>& extensions = {},
                    std::uint8_t spoil = 0) const {
    const auto how = crypto::natural_signature(key->algorithm());
    const Bytes info = x509::build_csr_info(subject.der(), key->public_key_info(), extensions);
    Bytes signature = key->sign(how, info).value();
    signature.back() = static_cast<std::uint8_t>(signature.back() ^ spoil);
    return x509::Csr::parse(x509::assemble_csr(info, how, signature)).value();
  }
  x509::Csr request(std::string_view common_name) const { return request(name_of(common_name)); }
};

constexpr ValidityPeriod days(std::int64_t count) { return {ValidityPeriod::Type::Days, count}; }
constexpr ValidityPeriod years(std::int64_t count) { return {ValidityPeriod::Type::Years, count}; }

// A CA with a certificate, valid from an hour before noon.
struct TestCa {
  Applying applying;
  SystemRandom random;
  x509::Certificate certificate;
  std::vector<x509::Certificate> chain;
  Issuer issuer;

  crypto::SignatureAlgorithm algorithm() const {
    return crypto::natural_signature(applying.key->algorithm());
  }

  // The whole of what went wrong is in the message of a test that does not expect it.
  Result<x509::Certificate, Refusal> issue(Order order, TimePoint now = noon) {
    const auto issued = issuance::issue(issuer, order, now, random);
    if (!issued) return issued.error();
    return x509::Certificate::parse(issued->der).value();
  }
  Result<x509::Certificate, Refusal> issue(std::string_view template_name, const x509::Csr& csr,
                                           ValidityPeriod validity = days(365)) {
    return issue({.certificate_template = template_named(template_name),
                  .applicant = csr,
                  .signature_algorithm = algorithm(),
                  .validity = validity});
  }

  static TestCa root(crypto::KeyAlgorithm algorithm = crypto::KeyAlgorithm::P256,
                     RevocationPointers pointers = {}) {
    Applying applying(algorithm);
    SystemRandom random;
    const auto csr = applying.request("Example Root CA");
    const auto issued =
        issuance::issue(Issuer::without_certificate(applying.key),
                        {.certificate_template = template_named("RootCACertificate"),
                         .applicant = csr,
                         .signature_algorithm = crypto::natural_signature(algorithm),
                         .validity = years(10)},
                        noon, random);
    auto certificate = x509::Certificate::parse(issued.value().der).value();
    return from(std::move(applying), std::move(certificate), {}, std::move(pointers));
  }

  // A CA below this one.
  TestCa subordinate(std::string_view template_name,
                     const std::vector<x509::Extension>& extra = {}) {
    Applying below;
    const auto csr = below.request(name_of("Example Subordinate CA"), extra);
    auto issued = issue(template_name, csr).value();
    auto above = chain;
    above.insert(above.begin(), certificate);
    return from(std::move(below), std::move(issued), std::move(above), {});
  }

  static TestCa from(Applying applying, x509::Certificate certificate,
                     std::vector<x509::Certificate> chain, RevocationPointers pointers) {
    auto issuer = Issuer::make(certificate, chain, applying.key, std::move(pointers)).value();
    return {std::move(applying), SystemRandom(), std::move(certificate), std::move(chain),
            std::move(issuer)};
  }
};

}  // namespace everseal::issuance::testing
