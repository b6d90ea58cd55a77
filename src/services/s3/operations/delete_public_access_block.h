#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "aws/protocol/facts.h"
#include "result/result.h"
#include "sql/database.h"

namespace everseal::s3 {

// DeletePublicAccessBlock: nothing keeps the bucket from being opened any more.
struct DeletePublicAccessBlock {
  static constexpr std::string_view name = "DeletePublicAccessBlock";
  static constexpr aws::Http http{"DELETE", "/{Bucket}?publicAccessBlock", 204};
  struct Request {
    std::string bucket;
    static constexpr auto fields =
        std::tuple{aws::required("Bucket", &Request::bucket, aws::in_label())};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::s3
