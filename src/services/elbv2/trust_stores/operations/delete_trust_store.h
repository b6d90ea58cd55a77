#pragma once

#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/elbv2/trust_stores/associations.h"
#include "services/elbv2/trust_stores/shapes.h"
#include "sql/database.h"

namespace everseal::elbv2::trust_stores {

// DeleteTrustStore: with its revocations.
struct DeleteTrustStore {
  static constexpr std::string_view name = "DeleteTrustStore";
  struct Request {
    std::string trust_store_arn;
    static constexpr auto fields =
        std::tuple{aws::required("TrustStoreArn", &Request::trust_store_arn)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // TrustStoreNotFound, ValidationError (the ARN). TrustStoreInUse: by a listener.
  Result<shapes::Done, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Associations* associations;  // null: nothing uses trust stores
};

}  // namespace everseal::elbv2::trust_stores
