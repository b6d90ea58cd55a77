#include "issuance/lint/linted_tbs.h"

#include "issuance/lint/rules.h"

namespace everseal::issuance::lint {
namespace {

std::vector<Finding> unreadable(const Fault& fault) {
  return {{"certificate_is_readable", "RFC 5280, 4.1", fault.cause}};
}

std::vector<Finding> findings_in(const Subject& subject) {
  std::vector<Finding> findings;
  for (const Rule& rule : all_rules()) {
    if (auto violation = rule.check(subject)) {
      findings.push_back({rule.name, rule.source, *std::move(violation)});
    }
  }
  return findings;
}

}  // namespace

Result<LintedTbs, std::vector<Finding>> lint(Bytes tbs, const IssuerFacts& issuer) {
  auto parsed = x509::TbsCertificate::parse(std::move(tbs));
  if (!parsed) return unreadable(parsed.error());
  const auto subject = Subject::read(*parsed, issuer);
  if (!subject) return unreadable(subject.error());
  if (auto findings = findings_in(*subject); !findings.empty()) return findings;
  return LintedTbs(*std::move(parsed), issuer.signature_algorithm);
}

}  // namespace everseal::issuance::lint
