#pragma once

#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/acm/shapes.h"
#include "sql/database.h"

namespace everseal::acm {

// ListTagsForCertificate: all of them, by key.
struct ListTagsForCertificate {
  static constexpr std::string_view name = "ListTagsForCertificate";
  using Request = CertificateArnRequest;
  struct Response {
    std::vector<Tag> tags;
    static constexpr auto fields = std::tuple{aws::always("Tags", &Response::tags)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException, InvalidArnException.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::acm
