#pragma once

#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/sts/key_accounts.h"

namespace everseal::sts {

// GetAccessKeyInfo: which account an access key belongs to. Says nothing of its state.
struct GetAccessKeyInfo {
  static constexpr std::string_view name = "GetAccessKeyInfo";
  struct Request {
    std::string access_key_id;
    static constexpr auto fields = std::tuple{aws::required(
        "AccessKeyId", &Request::access_key_id, aws::length(16, 128), aws::pattern(R"([\w]*)"))};
  };
  struct Response {
    std::string account;
    static constexpr auto fields = std::tuple{aws::required("Account", &Response::account)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ValidationError: nobody here holds such a key.
  Result<Response, ApiError> operator()(const Request& request) const;

  KeyAccounts accounts;
};

}  // namespace everseal::sts
