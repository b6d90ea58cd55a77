#pragma once

#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"

namespace everseal::sts {

// GetCallerIdentity: who signed this request. Needs no permission and cannot be denied.
struct GetCallerIdentity {
  static constexpr std::string_view name = "GetCallerIdentity";
  using Request = aws::Empty;
  struct Response {
    std::string user_id;  // "AIDA..." of a user, "AROA...:session" of a role, root's account number
    std::string account;
    std::string arn;
    static constexpr auto fields = std::tuple{aws::required("UserId", &Response::user_id),
                                              aws::required("Account", &Response::account),
                                              aws::required("Arn", &Response::arn)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;
};

}  // namespace everseal::sts
