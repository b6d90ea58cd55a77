#include "code_for_lambda.h"

#include <utility>

#include "services/s3/values/bucket_name.h"

namespace everseal::app {

Result<std::optional<Bytes>, ApiError> CodeForLambda::read(const aws::Call& call,
                                                           std::string_view bucket,
                                                           std::string_view key,
                                                           std::uint64_t most) {
  const auto denied =
      authorizer_.authorize(call, "s3:GetObject", aws::on(s3::object_arn(bucket, key)));
  if (!denied) return denied.error();
  if (*denied) return ApiError("AccessDeniedException", 403, (*denied)->message);
  const auto object = reader_.open(bucket, key);
  if (!object) return object.error();
  if (!*object || (*object)->size > most) return std::optional<Bytes>();
  auto all = s3::read_all(**object);
  if (!all) return all.error();
  return std::optional(*std::move(all));
}

}  // namespace everseal::app
