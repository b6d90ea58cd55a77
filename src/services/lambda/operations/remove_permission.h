#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "aws/protocol/facts.h"
#include "result/result.h"
#include "services/lambda/functions.h"
#include "services/lambda/shapes.h"

namespace everseal::lambda {

// RemovePermission: takes back what AddPermission gave.
struct RemovePermission {
  static constexpr std::string_view name = "RemovePermission";
  static constexpr aws::Http http{"DELETE",
                                  "/2015-03-31/functions/{FunctionName}/policy/{StatementId}", 204};
  struct Request {
    std::string function_name;
    std::string statement_id;
    std::optional<std::string> qualifier;
    std::optional<std::string> revision_id;
    static constexpr auto fields =
        std::tuple{aws::required("FunctionName", &Request::function_name, aws::in_label(),
                                 shapes::name_length),
                   aws::required("StatementId", &Request::statement_id, aws::in_label()),
                   aws::optional("Qualifier", &Request::qualifier, aws::in_query()),
                   aws::optional("RevisionId", &Request::revision_id, aws::in_query())};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException: no function, or no such statement. PreconditionFailedException.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  const Functions& functions;
};

}  // namespace everseal::lambda
