#include "services/lambda/operations/list_aliases.h"

#include <utility>

#include "services/lambda/aliases.h"
#include "services/lambda/errors.h"
#include "services/lambda/names.h"
#include "services/lambda/version_store.h"

namespace everseal::lambda {

aws::Access ListAliases::access(const Request& request, const aws::Call& call) const {
  return on_function(request.function_name, call);
}

Result<ListAliases::Response, ApiError> ListAliases::operator()(const Request& request,
                                                                const aws::Call& call) const {
  const auto function = functions.find_unqualified(request.function_name, call);
  if (!function) return function.error();
  const auto page = page_of("ListAliases", *function, request.marker, request.max_items);
  if (!page) return page.error();
  auto aliases = functions.database.read([&](sql::Snapshot& view) {
    return list_aliases(view, function->arn, request.function_version, page->after(),
                        page->limit());
  });
  if (!aliases) return aliases.error();
  Response response;
  response.next_marker = page->cut(*aliases, [](const Alias& alias) { return alias.name; });
  for (const auto& alias : *aliases) response.aliases.push_back(shapes::shown(alias));
  return response;
}

}  // namespace everseal::lambda
