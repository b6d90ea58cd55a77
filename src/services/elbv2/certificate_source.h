#pragma once

#include <string_view>

#include "result/result.h"
#include "sql/database.h"

namespace everseal::elbv2 {

// The certificates of ACM, as listeners want them. Thread-safe. All of it happens in the
// transaction of who asks, so that a certificate is in use exactly while a listener has it.
class CertificateSource {
 public:
  enum class Status { Absent, NotIssued, Issued };

  virtual ~CertificateSource() = default;
  virtual Result<Status> status(sql::Snapshot& view, std::string_view certificate_arn) const = 0;
  // The resource uses it from now on, or no longer. Conflict: it is not issued.
  virtual Outcome attach(sql::Transaction& tx, std::string_view certificate_arn,
                         std::string_view user_arn) const = 0;
  virtual Outcome detach(sql::Transaction& tx, std::string_view certificate_arn,
                         std::string_view user_arn) const = 0;
};

}  // namespace everseal::elbv2
