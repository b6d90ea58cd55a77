#pragma once

#include <optional>
#include <string_view>

#include "aws/access.h"
#include "aws/call.h"
#include "aws/endpoint/authorizer.h"
#include "result/result.h"
#include "services/iam/directory.h"

namespace everseal::iam {

// Decides by the caller's own policies, which the directory keeps: each resource of the access must
// be allowed. Thread-safe.
class Authorizer final : public aws::endpoint::Authorizer {
 public:
  explicit Authorizer(const Directory& directory) : directory_(directory) {}

  Result<std::optional<aws::endpoint::Denial>> authorize(const aws::Call& call,
                                                         std::string_view action,
                                                         const aws::Access& access) const override;

 private:
  const Directory& directory_;
};

}  // namespace everseal::iam
