#pragma once

#include <cstddef>
#include <vector>

#include "result/result.h"
#include "x509/extension_types.h"
#include "x509/general_name.h"
#include "x509/tbs_certificate.h"

namespace everseal::x509 {

// Whether a name lies in the subtree that `base` describes (RFC 5280, 4.2.1.10). No, if they are of
// different forms, of a form that the RFC gives no rule for (other name, X.400, EDI party,
// registered id), or if the name is not one of its form: "no-at-sign" as an e-mail address.
bool is_within(const GeneralName& name, const GeneralName& base);

// Whether a subject of this name could reach into the subtree: the name lies in it, or it is a
// wildcard that covers a host of it ("*.corp.internal" and "db.corp.internal").
bool reaches_into(const GeneralName& name, const GeneralName& base);

// The constraints that the CAs of a path have put on what is below them.
class ConstraintsOfPath {
 public:
  // How many comparisons of a name with a subtree a path may cost; beyond, it is refused.
  static constexpr std::size_t kMaxComparisons = 250'000;

  void add(NameConstraints constraints);
  bool empty() const { return all_.empty(); }

  // Malformed: says which name of the certificate is excluded or not permitted. A name of a form
  // without a rule (see above) is refused once any constraint speaks of that form. Judged are
  //   - the subject, unless it is empty, and all subject alternative names;
  //   - without an rfc822Name among these, the e-mail addresses in the subject;
  //   - without a DNS name, a common name that looks like one, unless the certificate is a CA's.
  Outcome allow(const TbsCertificate& certificate);

 private:
  Outcome allow(const GeneralName& name);
  Outcome allow(const GeneralName& name, const NameConstraints& constraints);

  std::vector<NameConstraints> all_;
  std::size_t comparisons_ = 0;
};

}  // namespace everseal::x509
