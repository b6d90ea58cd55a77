#include "issuance/lint/linted_crl.h"

#include "issuance/lint/crl_rules.h"

namespace everseal::issuance::lint {
namespace {

std::vector<Finding> findings_in(const CrlSubject& subject) {
  std::vector<Finding> findings;
  for (const CrlRule& rule : all_crl_rules()) {
    if (auto violation = rule.check(subject)) {
      findings.push_back({rule.name, rule.source, *std::move(violation)});
    }
  }
  return findings;
}

std::vector<Finding> unreadable(std::string what) {
  return {{"crl_is_readable", "RFC 5280, 5.1", std::move(what)}};
}

}  // namespace

CrlInspection::CrlInspection(const x509::CrlParts& tbs, std::uint64_t entries_octets,
                             const IssuerFacts& issuer)
    : tbs_(tbs),
      announced_octets_(entries_octets),
      issuer_(issuer),
      digest_(crypto::digest_of(issuer.signature_algorithm)) {
  digest_.update(tbs.head);
}

Outcome CrlInspection::add(ByteView run) {
  const auto entries = x509::CrlEntries::parse(run);
  if (!entries) return Fault::broken("a run of CRL entries: " + entries.error().cause);
  digest_.update(run);
  octets_ += run.size();
  entries_ += entries->size();
  removes_entries_ = removes_entries_ || entries->has(x509::CrlReason::RemoveFromCrl);
  return {};
}

Result<LintedCrl, std::vector<Finding>> CrlInspection::finish() && {
  if (octets_ != announced_octets_) return unreadable("the entries have another length");
  const auto parsed = x509::TbsCrl::parse_around(tbs_.head, octets_, tbs_.tail);
  if (!parsed) return unreadable(parsed.error().cause);
  auto findings = findings_in({*parsed, issuer_, removes_entries_});
  if (!findings.empty()) return findings;
  digest_.update(tbs_.tail);
  return LintedCrl(issuer_.signature_algorithm, digest_.finish(), entries_);
}

}  // namespace everseal::issuance::lint
