#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "aws/access.h"
#include "aws/call.h"
#include "result/result.h"

namespace everseal::aws::endpoint {

// Why a call may not do what it asked for.
struct Denial {
  // For the caller: "User: arn:... is not authorized to perform: acm:DeleteCertificate on resource:
  // arn:... because no identity-based policy allows the acm:DeleteCertificate action".
  std::string message;
};

// Decides who may do what: IAM. Thread-safe.
class Authorizer {
 public:
  virtual ~Authorizer() = default;

  // `action` is spelled out ("acm:DeleteCertificate"), whether or not `access` names one. Never
  // asked for an `access` that is unrestricted. Nothing: it is allowed. Faults: the policies could
  // not be read; the call is answered as unavailable.
  virtual Result<std::optional<Denial>> authorize(const Call& call, std::string_view action,
                                                  const Access& access) const = 0;
};

}  // namespace everseal::aws::endpoint
