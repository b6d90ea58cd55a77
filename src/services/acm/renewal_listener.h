#pragma once

#include <string>

namespace everseal::acm {

// Told that another certificate and key stand behind an ARN: after a renewal or a reimport.
class RenewalListener {
 public:
  virtual ~RenewalListener() = default;

  // Called once for each change, after it is durable, on the thread that made it (a job's or a
  // worker's). Best effort: not after a crash in between, so a listener also looks when it starts.
  // Must not throw.
  virtual void replaced(const std::string& certificate_arn) = 0;
};

}  // namespace everseal::acm
