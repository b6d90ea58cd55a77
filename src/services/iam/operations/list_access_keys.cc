#include "services/iam/operations/list_access_keys.h"

#include "services/iam/access_key_store.h"
#include "services/iam/pages.h"
#include "services/iam/subjects.h"

namespace everseal::iam {

aws::Access ListAccessKeys::access(const Request& request, const aws::Call& call) const {
  return on_user_or_caller(database, call, request.user_name);
}

Result<ListAccessKeys::Response, ApiError> ListAccessKeys::operator()(const Request& request,
                                                                      const aws::Call& call) const {
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    const auto holder = key_holder(view, call, request.user_name);
    if (!holder) return holder.error();
    const auto page = page_of(name, call, holder->id, request.marker, request.max_items);
    if (!page) return page.error();
    auto keys = list_access_keys(view, holder->id, page->after(), page->limit());
    if (!keys) return keys.error();
    Response response;
    response.marker = page->cut(*keys, [](const AccessKey& key) { return key.id; });
    response.is_truncated = response.marker.has_value();
    for (const AccessKey& key : *keys) {
      response.access_key_metadata.push_back(shapes::shown(key, holder->user_name));
    }
    return response;
  });
}

}  // namespace everseal::iam
