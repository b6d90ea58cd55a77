#include "issuance/lint/rules.h"

namespace everseal::issuance::lint {

// A CA has a key usage, and what it is for is among the uses.
Violation ca_signs_certificates(const Subject& subject) {
  if (!subject.is_ca()) return {};
  if (!subject.key_usage) return "a CA without key usage";
  if (subject.key_usage->has(x509::KeyUsageBit::KeyCertSign)) return {};
  return "the key usage of a CA lacks keyCertSign";
}

}  // namespace everseal::issuance::lint
