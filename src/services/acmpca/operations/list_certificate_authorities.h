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
#include "services/acmpca/authority/description.h"
#include "sql/database.h"

namespace everseal::acmpca {

// ListCertificateAuthorities: the CAs of the caller's account and region in the order of their
// creation, those that can still be restored too. Never more than 100 a page.
struct ListCertificateAuthorities {
  static constexpr std::string_view name = "ListCertificateAuthorities";
  struct Request {
    std::optional<std::int32_t> max_results{};
    std::optional<std::string> next_token{};
    // OTHER_ACCOUNTS: those that others share; nobody can, so there are none.
    std::optional<ResourceOwner> resource_owner{};
    static constexpr auto fields =
        std::tuple{aws::optional("MaxResults", &Request::max_results, aws::range(1, 1000)),
                   aws::optional("NextToken", &Request::next_token, aws::length(1, 43739)),
                   aws::optional("ResourceOwner", &Request::resource_owner)};
  };
  struct Response {
    std::optional<std::string> next_token{};
    std::vector<AuthorityDescription> certificate_authorities{};
    static constexpr auto fields =
        std::tuple{aws::optional("NextToken", &Response::next_token),
                   aws::always("CertificateAuthorities", &Response::certificate_authorities)};
  };
  aws::Access access(const Request& request, const aws::Call& call) const;
  // InvalidNextTokenException: not a token of this listing.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
};

}  // namespace everseal::acmpca
