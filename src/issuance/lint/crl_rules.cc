#include "issuance/lint/crl_rules.h"

#include <algorithm>
#include <array>

#include "issuance/lint/uri.h"
#include "x509/algorithm.h"

namespace everseal::issuance::lint {
namespace {

bool is_critical(const CrlSubject& subject, const asn1::Oid& type) {
  const auto* extension = subject.tbs.extensions.find(type);
  return extension != nullptr && extension->critical;
}

Violation version_is_two(const CrlSubject& subject) {
  if (subject.tbs.version == 2) return {};
  return "the version is not 2";
}

Violation signature_algorithm_is_the_signers(const CrlSubject& subject) {
  const auto named = x509::signature_algorithm(subject.tbs.signature_algorithm);
  if (named == subject.issuer.signature_algorithm) return {};
  return "the signature algorithm is not the one that signs";
}

Violation issuer_name_is_the_signers(const CrlSubject& subject) {
  if (subject.tbs.issuer.empty()) return "the issuer has no name";
  if (std::ranges::equal(subject.tbs.issuer.der(), subject.issuer.name)) return {};
  return "the issuer is not who signs, octet by octet";
}

Violation next_update_follows(const CrlSubject& subject) {
  if (!subject.tbs.next_update) return "nextUpdate is missing";
  if (*subject.tbs.next_update > subject.tbs.this_update) return {};
  return "nextUpdate is not after thisUpdate";
}

Violation authority_key_identifier_names_issuer(const CrlSubject& subject) {
  const auto& identifier = subject.tbs.authority_key;
  if (!identifier || !identifier->key_id) return "no identifier of the issuer's key";
  if (is_critical(subject, x509::AuthorityKeyIdentifier::kOid)) {
    return "the authority key identifier is critical";
  }
  if (std::ranges::equal(*identifier->key_id, subject.issuer.key_id)) return {};
  return "the authority key identifier is not that of the issuer";
}

Violation number_is_positive(const CrlSubject& subject) {
  const auto& number = subject.tbs.number;
  if (!number) return "no CRL number";
  if (is_critical(subject, x509::CrlNumber::kOid)) return "the CRL number is critical";
  if (!number->magnitude.empty()) return {};
  return "the CRL number is 0";
}

// Both are held without leading zeros, so that the longer one is the larger one.
bool is_below(const x509::CrlNumber& left, const x509::CrlNumber& right) {
  if (left.magnitude.size() != right.magnitude.size()) {
    return left.magnitude.size() < right.magnitude.size();
  }
  return left.magnitude < right.magnitude;
}

Violation delta_starts_from_an_older_one(const CrlSubject& subject) {
  const auto& delta = subject.tbs.delta;
  if (!delta) return {};
  if (!is_critical(subject, x509::DeltaCrlIndicator::kOid)) {
    return "the delta CRL indicator is not critical";
  }
  if (subject.tbs.number && is_below(delta->base, *subject.tbs.number)) return {};
  return "the number of the CRL is not above the one that it starts from";
}

Violation distribution_point_is_a_critical_uri(const CrlSubject& subject) {
  const auto& point = subject.tbs.distribution_point;
  if (!point) return {};
  if (!is_critical(subject, x509::IssuingDistributionPoint::kOid)) {
    return "the issuing distribution point is not critical";
  }
  const auto uris = point->uris();
  if (uris.empty()) return "the issuing distribution point is no URI";
  const auto wrong = std::ranges::find_if_not(uris, is_absolute_uri);
  if (wrong == uris.end()) return {};
  return *wrong + " is not an absolute URI";
}

Violation only_a_delta_removes(const CrlSubject& subject) {
  if (subject.tbs.delta || !subject.removes_entries) return {};
  return "the reason removeFromCRL in a complete CRL";
}

constexpr std::array rules{
    CrlRule{"version_is_two", "RFC 5280, 5.1.2.1", version_is_two},
    CrlRule{"signature_algorithm_is_the_signers", "RFC 5280, 5.1.2.2",
            signature_algorithm_is_the_signers},
    CrlRule{"issuer_name_is_the_signers", "RFC 5280, 5.1.2.3", issuer_name_is_the_signers},
    CrlRule{"next_update_follows", "RFC 5280, 5.1.2.5", next_update_follows},
    CrlRule{"authority_key_identifier_names_issuer", "RFC 5280, 5.2.1",
            authority_key_identifier_names_issuer},
    CrlRule{"number_is_positive", "RFC 5280, 5.2.3", number_is_positive},
    CrlRule{"delta_starts_from_an_older_one", "RFC 5280, 5.2.4", delta_starts_from_an_older_one},
    CrlRule{"distribution_point_is_a_critical_uri", "RFC 5280, 5.2.5",
            distribution_point_is_a_critical_uri},
    CrlRule{"only_a_delta_removes", "RFC 5280, 5.3.1", only_a_delta_removes},
};

}  // namespace

std::span<const CrlRule> all_crl_rules() { return rules; }

}  // namespace everseal::issuance::lint
