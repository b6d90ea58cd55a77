#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "clock/clock.h"
#include "result/result.h"
#include "services/acm/settings.h"
#include "sql/database.h"

namespace everseal::acm {

// Who uses a certificate (InUseBy): listeners, and Everseal's own server. A certificate in use is
// renewed without export and cannot be deleted. The user's owner calls these in the transaction
// that makes or ends the use.
class CertificateUsers {
 public:
  CertificateUsers(const Clock& clock, const Settings& settings)
      : clock_(clock), settings_(settings) {}

  // Done also if it was attached before. If the certificate's renewal window has begun, its renewal
  // is promised at once. Conflict: there is no such certificate, or it is not ISSUED.
  Outcome attach(sql::Transaction& tx, std::string_view certificate_arn,
                 std::string_view user_arn) const;

  // Done also if it was not attached.
  Outcome detach(sql::Transaction& tx, std::string_view certificate_arn,
                 std::string_view user_arn) const;

 private:
  const Clock& clock_;
  const Settings& settings_;
};

// ARNs, in their order.
Result<std::vector<std::string>> users_of(sql::Snapshot& view, std::string_view certificate_arn);

// The certificates that this resource uses.
Result<std::vector<std::string>> certificates_of(sql::Snapshot& view, std::string_view user_arn);

}  // namespace everseal::acm
