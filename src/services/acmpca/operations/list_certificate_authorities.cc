#include "services/acmpca/operations/list_certificate_authorities.h"

#include <algorithm>
#include <charconv>

#include "aws/pagination.h"
#include "services/acmpca/authority/authority_store.h"
#include "services/acmpca/model/errors.h"

namespace everseal::acmpca {
namespace {

constexpr std::size_t longest_page = 100;

aws::Listing listing_of(const aws::Call& call) {
  return {.operation = "acm-pca:ListCertificateAuthorities",
          .account = call.caller.account,
          .region = call.region};
}

// The id behind which the page begins.
Result<std::int64_t, ApiError> start_of(const std::optional<std::string>& token,
                                        const aws::Call& call) {
  if (!token) return std::int64_t{0};
  const auto key = aws::page_key(listing_of(call), *token);
  if (!key) return invalid_next_token();
  std::int64_t id = 0;
  const auto read = std::from_chars(key->data(), key->data() + key->size(), id);
  if (read.ec != std::errc{} || read.ptr != key->data() + key->size()) return invalid_next_token();
  return id;
}

}  // namespace

aws::Access ListCertificateAuthorities::access(const Request&, const aws::Call&) const {
  return aws::on_anything();
}

Result<ListCertificateAuthorities::Response, ApiError> ListCertificateAuthorities::operator()(
    const Request& request, const aws::Call& call) const {
  const auto start = start_of(request.next_token, call);
  if (!start) return start.error();
  if (request.resource_owner == ResourceOwner::OtherAccounts) return Response{};
  const auto now = clock.now();
  const auto wanted = static_cast<std::size_t>(request.max_results.value_or(longest_page));
  const auto size = std::min(wanted, longest_page);
  const Owner owner{.account = call.caller.account, .region = call.region};
  const auto found = database.read(
      [&](sql::Snapshot& view) { return list_authorities(view, owner, *start, size + 1, now); });
  if (!found) return found.error();
  Response response;
  for (const auto& authority : *found) {
    if (response.certificate_authorities.size() == size) {
      const auto last = (*found)[size - 1].id;
      response.next_token = aws::page_token(listing_of(call), std::to_string(last));
      break;
    }
    response.certificate_authorities.push_back(describe(authority, now));
  }
  return response;
}

}  // namespace everseal::acmpca
