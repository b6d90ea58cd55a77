#include "services/lambda/operations/list_functions.h"

#include <utility>

#include <algorithm>

#include "aws/pagination.h"
#include "services/lambda/errors.h"
#include "services/lambda/function_store.h"
#include "services/lambda/names.h"

namespace everseal::lambda {
namespace {

constexpr std::int64_t page_size = 50;

}  // namespace

aws::Access ListFunctions::access(const Request& /*request*/, const aws::Call& /*call*/) const {
  return aws::on_anything();
}

Result<ListFunctions::Response, ApiError> ListFunctions::operator()(const Request& request,
                                                                    const aws::Call& call) const {
  const aws::Listing listing{"lambda:ListFunctions", call.caller.account, call.region};
  std::string after;
  if (request.marker) {
    auto key = aws::page_key(listing, *request.marker);
    if (!key) return invalid("The marker is not one of this list.");
    after = *std::move(key);
  }
  const auto size = std::min<std::int64_t>(request.max_items.value_or(page_size), page_size);
  const auto found = functions.database.read([&](sql::Snapshot& view) {
    return list_functions(view, functions.vault, call.caller.account, call.region, after, size + 1);
  });
  if (!found) return found.error();
  Response response;
  for (const auto& function : *found) {
    if (std::ssize(response.functions) == size) {
      response.next_marker = aws::page_token(listing, response.functions.back().function_name);
      break;
    }
    response.functions.push_back(shapes::shown(function));
  }
  return response;
}

}  // namespace everseal::lambda
