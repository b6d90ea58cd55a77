#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/call.h"
#include "clock/clock.h"
#include "services/acmpca/authority/authority.h"
#include "sql/database.h"

namespace everseal::acmpca {

// ListTags: the tags of a CA, in the order of their keys.
struct ListTags {
  static constexpr std::string_view name = "ListTags";
  struct Request {
    AuthorityArn certificate_authority_arn;
    std::optional<std::int32_t> max_results{};
    std::optional<std::string> next_token{};
    static constexpr auto fields =
        std::tuple{aws::required("CertificateAuthorityArn", &Request::certificate_authority_arn,
                                 arn_length, arn_pattern),
                   aws::optional("MaxResults", &Request::max_results, aws::range(1, 1000)),
                   aws::optional("NextToken", &Request::next_token, aws::length(1, 43739))};
  };
  struct Response {
    std::optional<std::string> next_token{};
    std::vector<Tag> tags{};
    static constexpr auto fields = std::tuple{aws::optional("NextToken", &Response::next_token),
                                              aws::always("Tags", &Response::tags)};
  };
  aws::Access access(const Request& request, const aws::Call& call) const;
  // InvalidStateException: the CA is deleted. A token that is none: ValidationException, since the
  // model has no other error for it.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
};

}  // namespace everseal::acmpca
