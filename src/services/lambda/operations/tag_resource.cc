#include "services/lambda/operations/tag_resource.h"

#include "services/lambda/errors.h"
#include "services/lambda/function_store.h"
#include "services/lambda/names.h"

namespace everseal::lambda {
namespace {

constexpr std::int64_t most_tags = 50;

}  // namespace

aws::Access TagResource::access(const Request& request, const aws::Call& call) const {
  return on_function(request.resource, call);
}

Result<aws::Empty, ApiError> TagResource::operator()(const Request& request,
                                                     const aws::Call& call) const {
  const auto function = functions.find(request.resource, call);
  if (!function) return function.error();
  return functions.database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    for (const auto& [key_of_tag, value] : request.tags) {
      const auto put = put_tag(tx, function->arn, key_of_tag, value);
      if (!put) return put.error();
    }
    const auto all = tags_of(tx, function->arn);
    if (!all) return all.error();
    if (std::ssize(*all) > most_tags) return invalid("A function has at most 50 tags.");
    return aws::Empty{};
  });
}

}  // namespace everseal::lambda
