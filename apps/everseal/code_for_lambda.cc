#include "code_for_lambda.h"

#include <utility>

#include "services/s3/values/bucket_name.h"

namespace everseal::app {

Result<std::optional<Bytes>, ApiError> CodeForLambda::read(const aws::Call& call,
                                                           const Object& wanted,
                                                           std::uint64_t most) {
  const auto& [bucket, key, version] = wanted;
  auto access = aws::on(s3::object_arn(bucket, key));
  if (version) access.context = {{"s3:VersionId", {*version}}};
  const auto denied =
      authorizer_.authorize(call, version ? "s3:GetObjectVersion" : "s3:GetObject", access);
  if (!denied) return denied.error();
  if (*denied) return ApiError("AccessDeniedException", 403, (*denied)->message);
  const auto object = reader_.open(bucket, key, version);
  if (!object) return object.error();
  if (!*object || (*object)->size > most) return std::optional<Bytes>();
  auto all = s3::read_all(**object);
  if (!all) return all.error();
  return std::optional(*std::move(all));
}

}  // namespace everseal::app
