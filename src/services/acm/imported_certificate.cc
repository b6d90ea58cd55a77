#include "services/acm/imported_certificate.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "asn1/pem.h"
#include "crypto/public_key.h"
#include "services/acm/certificate_facts.h"
#include "services/acm/errors.h"
#include "services/acm/imported_key.h"
#include "x509/certificate.h"
#include "x509/chain.h"
#include "x509/extension_types.h"
#include "x509/oids.h"

namespace everseal::acm {

namespace {

constexpr std::size_t kLongestOcspAddress = 1000;

Result<x509::Certificate, ApiError> read_certificate(ByteView text) {
  const auto blocks = asn1::Pem::parse_all(as_text(text));
  if (!blocks || blocks->empty()) {
    return invalid("The certificate is not in PEM format: DER is not accepted.");
  }
  if (blocks->size() > 1) {
    return invalid(
        "The certificate field contains more than one certificate. You can specify only one "
        "certificate in this field.");
  }
  auto certificate = x509::Certificate::parse_pem(as_text(text));
  if (!certificate) return invalid("The certificate is not a valid X.509 certificate.");
  return *std::move(certificate);
}

bool has_long_ocsp_address(const x509::Certificate& certificate) {
  const auto access = certificate.extensions().get<x509::AuthorityInfoAccess>();
  if (!access || !*access) return false;
  return std::ranges::any_of((*access)->uris(x509::oids::kAccessOcsp),
                             [](const auto& uri) { return uri.size() > kLongestOcspAddress; });
}

std::optional<ApiError> refusal_of(const x509::Certificate& certificate, TimePoint now) {
  if (certificate.tbs().version() != 3) {
    return invalid("The certificate is not an X.509 version 3 certificate.");
  }
  if (certificate.issuer().empty()) return invalid("The certificate has no issuer.");
  if (now < certificate.validity().not_before) return invalid("The certificate is not valid yet.");
  if (!certificate.validity().contains(now)) return invalid("The certificate has expired.");
  if (has_long_ocsp_address(certificate)) {
    return invalid("The OCSP address in the certificate has more than 1000 characters.");
  }
  return std::nullopt;
}

ApiError bad_chain(std::size_t index, std::string_view problem) {
  return invalid(
      "Unable to validate certificate chain. The certificate chain must start with the immediate "
      "signing certificate, followed by any intermediaries in order. The index within the chain "
      "of the invalid certificate is: " +
      std::to_string(index) + " (" + std::string(problem) + ").");
}

// The first certificate of the path that does not certify the one before it, counted from the leaf
// up as AWS does; the path's length if each does.
std::size_t first_stranger(const std::vector<x509::Certificate>& path) {
  std::size_t index = 1;
  while (index < path.size() && path[index - 1].issuer().matches(path[index].subject()) &&
         x509::signed_by(path[index], path[index - 1])) {
    ++index;
  }
  return index;
}

// What else makes a path: validity, CA certificates, their limits. Signatures are known to fit.
Result<void, x509::ChainFault> validate(const std::vector<x509::Certificate>& path, TimePoint now) {
  return x509::validate_chain(
      path, {.at = now, .check_anchor_validity = true, .anchor_is_root = false, .max_length = 10},
      [](const auto&, const auto&) { return true; });
}

std::optional<crypto::KeyFamily> family_of(const x509::Certificate& certificate) {
  const auto key = crypto::PublicKey::from_spki(certificate.public_key_info());
  return key ? std::optional(crypto::family_of(key->algorithm())) : std::nullopt;
}

std::optional<ApiError> refusal_of_chain(const x509::Certificate& certificate,
                                         const std::vector<x509::Certificate>& chain,
                                         TimePoint now) {
  if (std::ranges::find(chain, certificate) != chain.end()) {
    return invalid("The certificate chain must not contain the certificate itself.");
  }
  std::vector<x509::Certificate> path{certificate};
  path.insert(path.end(), chain.begin(), chain.end());
  if (const auto stranger = first_stranger(path); stranger < path.size()) {
    return bad_chain(stranger - 1, "it did not issue the one before");
  }
  if (const auto valid = validate(path, now); !valid) {
    const auto& fault = valid.error();
    return bad_chain(fault.index == 0 ? 0 : fault.index - 1, to_string(fault.problem));
  }
  if (family_of(certificate) != family_of(chain.front())) {
    return invalid("The key of the certificate and that of its issuer are not of one family.");
  }
  return std::nullopt;
}

Result<std::vector<x509::Certificate>, ApiError> read_chain(ByteView text,
                                                            const x509::Certificate& certificate,
                                                            TimePoint now) {
  auto chain = x509::Certificate::parse_pem_chain(as_text(text));
  if (!chain) return invalid("The certificate chain is not a list of certificates in PEM format.");
  if (chain->empty()) {
    if (text.empty()) return *std::move(chain);
    return invalid("The certificate chain is not in PEM format.");
  }
  if (auto refused = refusal_of_chain(certificate, *chain, now)) return *std::move(refused);
  return *std::move(chain);
}

bool contains_all(const std::vector<std::string>& all, const std::vector<std::string>& some) {
  return std::ranges::all_of(
      some, [&](const auto& one) { return std::ranges::find(all, one) != all.end(); });
}

}  // namespace

Result<ImportedCertificate, ApiError> read_import(const ImportedTexts& texts, TimePoint now) {
  const auto certificate = read_certificate(texts.certificate);
  if (!certificate) return certificate.error();
  if (auto refused = refusal_of(*certificate, now)) return *std::move(refused);
  const auto chain = read_chain(texts.chain, *certificate, now);
  if (!chain) return chain.error();
  const auto key = read_imported_key(texts.key, certificate->public_key_info());
  if (!key) return invalid(key.error().cause);
  auto facts = facts_of(*certificate);
  if (!facts) return invalid("An extension of the certificate is malformed.");
  auto names = names_of_certificate(*certificate);
  if (!names) return invalid("The alternative names of the certificate are malformed.");
  return ImportedCertificate{.facts = *std::move(facts),
                             .names = *std::move(names),
                             .key_algorithm = model_algorithm(key->algorithm()),
                             .certificate = to_bytes(certificate->der()),
                             .chain = x509::to_pem(*chain),
                             .key = key->to_pkcs8()};
}

Result<void, ApiError> may_replace(const Certificate& old, const ImportedCertificate& successor) {
  if (old.key_algorithm != successor.key_algorithm) {
    return invalid("The key of the new certificate must have the type and size of the old one, " +
                   std::string(aws::name_of(old.key_algorithm)) + ".");
  }
  const bool share_a_name =
      std::ranges::find_first_of(old.names, successor.names) != old.names.end();
  if (!old.names.empty() && !share_a_name) {
    return invalid("The new certificate must keep at least one name of the old one.");
  }
  if (!old.facts) return {};
  if (!contains_all(successor.facts.key_usages, old.facts->key_usages)) {
    return invalid("The new certificate must have every key usage that the old one has.");
  }
  if (!contains_all(successor.facts.extended_key_usages, old.facts->extended_key_usages)) {
    return invalid("The new certificate must have every extended key usage that the old one has.");
  }
  return {};
}

}  // namespace everseal::acm
