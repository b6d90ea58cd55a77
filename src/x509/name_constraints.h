#pragma once

#include <cstddef>
#include <vector>

#include "result/result.h"
#include "x509/extension_types.h"
#include "x509/general_name.h"
#include "x509/tbs_certificate.h"

namespace everseal::x509 {

// Whether a name lies in the subtree that `base` describes (RFC 5280, 4.2.1.10). Of different
// forms: no. Forms that the RFC gives no rule for (other name, X.400, EDI party, registered id):
// only if both are equal.
bool is_within(const GeneralName& name, const GeneralName& base);

// The constraints that the CAs of a path have put on what is below them.
class NameConstraintsState {
 public:
  // How many comparisons of a name with a subtree a path may cost; beyond, it is refused.
  static constexpr std::size_t kMaxComparisons = 250'000;

  void add(const NameConstraints& constraints);
  bool empty() const { return all_.empty(); }

  // Malformed: says which name of the certificate is not permitted, or excluded. Judged are the
  // subject, the e-mail addresses in it if there is no rfc822Name, and all subject alternative
  // names. A common name that looks like a host name is judged as one if there is no DNS name.
  Outcome allow(const TbsCertificate& certificate);

 private:
  Outcome allow(const GeneralName& name);
  bool spend(std::size_t comparisons);

  std::vector<NameConstraints> all_;
  std::size_t comparisons_ = 0;
};

}  // namespace everseal::x509
