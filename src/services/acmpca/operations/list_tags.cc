#include "services/acmpca/operations/list_tags.h"

#include "aws/pagination.h"
#include "services/acmpca/authority/lookup.h"
#include "services/acmpca/authority/tag_store.h"
#include "services/acmpca/model/errors.h"

namespace everseal::acmpca {
namespace {

constexpr std::int32_t usual_page = 50;

aws::Listing listing_of(const aws::Call& call, const AuthorityArn& arn) {
  return {.operation = "acm-pca:ListTags",
          .account = call.caller.account,
          .region = call.region,
          .selection = arn.text()};
}

Result<std::string, ApiError> start_of(const ListTags::Request& request, const aws::Call& call) {
  if (!request.next_token) return std::string();
  const auto listing = listing_of(call, request.certificate_authority_arn);
  auto key = aws::page_key(listing, *request.next_token);
  if (!key) return validation_failed("The token is not valid.");
  return *std::move(key);
}

}  // namespace

aws::Access ListTags::access(const Request& request, const aws::Call&) const {
  return on_authority(database, request.certificate_authority_arn);
}

Result<ListTags::Response, ApiError> ListTags::operator()(const Request& request,
                                                          const aws::Call& call) const {
  const auto start = start_of(request, call);
  if (!start) return start.error();
  const auto now = clock.now();
  const auto& arn = request.certificate_authority_arn;
  const auto size = static_cast<std::size_t>(request.max_results.value_or(usual_page));
  using Found = Result<std::vector<Tag>, ApiError>;
  auto found = database.read([&](sql::Snapshot& view) -> Found {
    const auto authority = require_undeleted_authority(view, call, arn, now);
    if (!authority) return authority.error();
    auto tags = list_tags(view, authority->id, *start, size + 1);
    if (!tags) return tags.error();
    return *std::move(tags);
  });
  if (!found) return std::move(found).error();
  Response response{.next_token = std::nullopt, .tags = *std::move(found)};
  if (response.tags.size() > size) {
    response.tags.pop_back();
    response.next_token = aws::page_token(listing_of(call, arn), response.tags.back().key);
  }
  return response;
}

}  // namespace everseal::acmpca
