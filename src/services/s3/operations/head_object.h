#pragma once

#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "aws/protocol/facts.h"
#include "result/result.h"
#include "services/s3/operations/get_object.h"
#include "sql/database.h"

namespace everseal::s3 {

// HeadObject: what GetObject would say in its headers.
struct HeadObject {
  static constexpr std::string_view name = "HeadObject";
  static constexpr aws::Http http{"HEAD", "/{Bucket}/{Key+}"};
  using Request = GetObject::Request;
  using Response = GetObject::Response;

  aws::Access access(const Request& request, const aws::Call& call) const;
  // As GetObject; clients see the status only.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const aws::endpoint::Authorizer& authorizer;
};

}  // namespace everseal::s3
