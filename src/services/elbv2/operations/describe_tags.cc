#include "services/elbv2/operations/describe_tags.h"

#include "services/elbv2/tag_store.h"
#include "services/elbv2/tagging.h"

namespace everseal::elbv2 {

Result<DescribeTags::Response, ApiError> DescribeTags::operator()(const Request& request,
                                                                  const aws::Call& call) const {
  if (auto fine = check_count(request.resource_arns); !fine) return fine.error();
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    Response response;
    for (const std::string& arn : request.resource_arns) {
      if (auto found = find_tagged(view, call, trust_stores, arn); !found) return found.error();
      const auto tags = tags_anywhere(view, trust_stores, arn);
      if (!tags) return tags.error();
      response.tag_descriptions.push_back({arn, shapes::shown(*tags)});
    }
    return response;
  });
}

}  // namespace everseal::elbv2
