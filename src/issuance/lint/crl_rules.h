#pragma once

#include <span>
#include <string_view>

#include "issuance/lint/rules.h"
#include "issuance/lint/subject.h"
#include "x509/crl.h"

namespace everseal::issuance::lint {

// The CRL under judgement.
struct CrlSubject {
  const x509::TbsCrl& tbs;
  const IssuerFacts& issuer;
  bool removes_entries;  // one of its entries has the reason removeFromCRL
};

struct CrlRule {
  std::string_view name;
  std::string_view source;  // where it is written
  Violation (*check)(const CrlSubject& subject);
};

// All of them. Form that x509's parser refuses by itself (an empty list of entries, a reason
// without a name, a number of more than 20 octets) needs no rule.
std::span<const CrlRule> all_crl_rules();

}  // namespace everseal::issuance::lint
