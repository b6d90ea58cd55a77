// Paths and CRLs from strangers, one DER value behind the other: whatever they say of each other,
// judging ends, gives its reasons, and does not depend on what it must not depend on.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <variant>
#include <vector>

#include "asn1/der_reader.h"
#include "x509/chain.h"
#include "x509/revocation.h"

namespace {

using namespace everseal;

void require(bool holds) {
  if (!holds) std::abort();
}

struct Input {
  std::vector<x509::Certificate> path;
  std::vector<x509::Crl> crls;  // views of the octets

  explicit Input(ByteView octets) {
    asn1::DerReader in(octets);
    while (!in.at_end() && path.size() + crls.size() < 12) {
      const ByteView value = in.any().whole;
      if (auto certificate = x509::Certificate::parse(value)) {
        path.push_back(*std::move(certificate));
      } else if (const auto crl = x509::Crl::parse(value)) {
        crls.push_back(*crl);
      }
    }
  }
};

bool trusting(const x509::Certificate&, const x509::Certificate&) { return true; }
bool trusting_crls(const x509::Certificate&, const x509::Crl&) { return true; }

bool is_valid(const Input& input, const x509::ChainRules& rules,
              const x509::SignatureVerifier& verify) {
  const auto verdict = x509::validate_chain(input.path, rules, verify);
  if (!verdict) {
    require(verdict.error().index < std::max<std::size_t>(input.path.size(), 1));
    require(!Fault(verdict.error()).cause.empty());
  }
  return verdict.has_value();
}

// Who asks for more is given no more.
void check_path(const Input& input) {
  x509::ChainRules rules{.anchor_is_root = false};
  const bool valid = is_valid(input, rules, trusting);
  if (is_valid(input, rules, x509::signed_by)) require(valid);
  rules.policies.required = true;
  const bool with_policy = is_valid(input, rules, trusting);
  rules.policies.without_any_policy = true;
  const bool with_named_policy = is_valid(input, rules, trusting);
  rules.policies.without_mappings = true;
  const bool with_unmapped_policy = is_valid(input, rules, trusting);
  rules.policies.acceptable = {};
  require(!is_valid(input, rules, trusting) || input.path.size() == 1);
  require(valid || !with_policy);
  require(with_policy || !with_named_policy);
  require(with_named_policy || !with_unmapped_policy);
}

x509::Revocation revocation(const Input& input, std::span<const x509::Crl> crls,
                            const x509::CrlVerifier& verify) {
  auto found = x509::revocation_of(input.path.front(), input.path,
                                   {.crls = crls, .at = std::nullopt}, verify);
  if (const auto* undetermined = std::get_if<x509::Undetermined>(&found)) {
    require(!undetermined->cause.empty());
  }
  return found;
}

void check_path_revocation(const Input& input, const x509::PathVerifiers& verify) {
  const auto found = x509::check_revocation(input.path, input.path, {.crls = input.crls}, verify);
  if (!found) require(found.error().index + 1 < input.path.size());
}

// What octets cannot do to a signature, they can do where every signature is taken.
void check_revocation(Input& input) {
  if (input.path.empty()) return;
  const auto signed_ones = revocation(input, input.crls, x509::crl_signed_by);
  const auto all = revocation(input, input.crls, trusting_crls);
  if (std::holds_alternative<x509::NotRevoked>(signed_ones)) {
    require(!std::holds_alternative<x509::Undetermined>(all));
  }
  if (const auto* revoked = std::get_if<x509::Revoked>(&all)) {
    const auto& serial = input.path.front().serial();
    require(std::ranges::any_of(input.crls, [&](const x509::Crl& crl) {
      const auto entry = crl.find(serial);
      return entry && entry->revoked_at == revoked->at && entry->reason == revoked->reason;
    }));
  }
  std::reverse(input.crls.begin(), input.crls.end());
  require(revocation(input, input.crls, x509::crl_signed_by).index() == signed_ones.index());
  check_path_revocation(input, {});
  check_path_revocation(input, {.certificate = trusting, .crl = trusting_crls});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input(ByteView(data, size));
  check_path(input);
  check_revocation(input);
  return 0;
}
