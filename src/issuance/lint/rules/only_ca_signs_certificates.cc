#include "issuance/lint/rules.h"

namespace everseal::issuance::lint {

// keyCertSign belongs to CAs, and so does a path length.
Violation only_ca_signs_certificates(const Subject& subject) {
  if (subject.is_ca()) return {};
  if (subject.key_usage && subject.key_usage->has(x509::KeyUsageBit::KeyCertSign)) {
    return "keyCertSign in a certificate that is not a CA's";
  }
  if (subject.basic_constraints && subject.basic_constraints->path_length) {
    return "a path length in a certificate that is not a CA's";
  }
  return {};
}

}  // namespace everseal::issuance::lint
