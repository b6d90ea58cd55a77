#include "issuance/lint/rules.h"

namespace everseal::issuance::lint {

Violation signature_algorithm_is_the_signers(const Subject& subject) {
  const auto named = x509::signature_algorithm(subject.tbs.signature_algorithm());
  if (named && *named == subject.issuer.signature_algorithm) return {};
  return "the signature algorithm is not the one that signs";
}

}  // namespace everseal::issuance::lint
