#pragma once

#include <string>
#include <string_view>

#include "result/result.h"

namespace everseal::acmpca {

// Something that somebody has to know of.
struct Event {
  std::string_view name;      // stable, a literal: "revocation.crl_stale"
  std::string authority_arn;  // the CA
  std::string object;         // what it is about: "bucket/crl/<id>.crl"
  std::string detail;         // a sentence without its dot
};

// Who hears of it. Thread-safe; waits for nothing that is slow.
class EventSink {
 public:
  virtual ~EventSink() = default;
  // A fault: nobody may have heard of it; it is told again at the next look.
  virtual Outcome tell(const Event& event) = 0;
};

}  // namespace everseal::acmpca
