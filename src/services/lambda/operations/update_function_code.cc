#include "services/lambda/operations/update_function_code.h"

#include <optional>
#include <utility>

#include "services/lambda/errors.h"
#include "services/lambda/function_store.h"
#include "services/lambda/names.h"

namespace everseal::lambda {

aws::Access UpdateFunctionCode::access(const Request& request, const aws::Call& call) const {
  return on_function(request.function_name, call);
}

Result<UpdateFunctionCode::Response, ApiError> UpdateFunctionCode::operator()(
    const Request& request, const aws::Call& call) const {
  const auto found = functions.find_unqualified(request.function_name, call);
  if (!found) return found.error();
  const auto zip = functions.code(
      {request.zip_file, request.s3_bucket, request.s3_key, request.s3_object_version}, call, name);
  if (!zip) return zip.error();
  if (request.dry_run.value_or(false)) return shapes::shown(*found);
  std::optional<Function> published;
  const auto changed =
      functions.change(request.function_name, call, request.revision_id,
                       [&](sql::Transaction& tx, Function& function) -> Result<void, ApiError> {
                         function.code_sha256 = digest_of(*zip);
                         function.code_size = std::ssize(*zip);
                         function.modified_at = functions.clock.now();
                         const auto kept = change_code(tx, function.arn, *zip);
                         if (!kept) return kept.error();
                         if (!request.publish.value_or(false)) return {};
                         const auto stored = change_function(tx, functions.vault, function);
                         if (!stored) return stored.error();
                         auto version = functions.publish(tx, function, std::nullopt);
                         if (!version) return version.error();
                         published = *std::move(version);
                         return {};
                       });
  if (!changed) return changed.error();
  return shapes::shown(published.value_or(*changed));
}

}  // namespace everseal::lambda
